import NIOCore
import Testing

@testable import Portico

@Suite("The text exposition format")
struct MetricsTextTests {
    private static let gauge = MetricFamily(
        "a_gauge",
        .gauge,
        labels: ["first", "second"],
        "What it \\ is\nin \"two\" lines"
    )

    @Test(
        "The value of a label is escaped and comes back",
        arguments: [
            ("plain", "plain"), ("", ""), ("back\\slash", "back\\\\slash"), ("line\nfeed", "line\\nfeed"),
            ("quotation\"mark", "quotation\\\"mark"), ("\\n", "\\\\n"), ("\\\"", "\\\\\\\""), ("{},=#", "{},=#"),
            ("äöü 日本", "äöü 日本"), ("tab\tand return\r", "tab\tand return\r"),
        ]
    )
    func labelValue(_ value: String, _ written: String) throws {
        var text = MetricsText()
        text.begin(Self.gauge)
        text.add(value, "x", value: 1)
        let page = String(buffer: text.buffer)
        #expect(page.hasSuffix("\na_gauge{first=\"\(written)\",second=\"x\"} 1\n"))
        #expect(try PrometheusText(page).value("a_gauge", ["first": value, "second": "x"]) == 1)
    }

    @Test("A help text has its backslashes and line feeds escaped, its quotation marks not")
    func help() throws {
        var text = MetricsText()
        text.begin(Self.gauge)
        let page = String(buffer: text.buffer)
        #expect(page == "# HELP a_gauge What it \\\\ is\\nin \"two\" lines\n# TYPE a_gauge gauge\n")
        #expect(try PrometheusText(page).families.map(\.help) == [Self.gauge.help])
    }

    @Test(
        "Numbers are written so that they come back",
        arguments: [
            (0, "0.0"), (-1.5, "-1.5"), (1e-5, "1e-05"), (1e21, "1e+21"), (0.1, "0.1"), (.infinity, "+Inf"),
            (-.infinity, "-Inf"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        ] as [(Double, String)]
    )
    func number(_ value: Double, _ written: String) throws {
        var text = MetricsText()
        text.begin(MetricFamily("a", .gauge, "b"))
        text.add(value: value)
        let page = String(buffer: text.buffer)
        #expect(page.hasSuffix("\na \(written)\n"))
        #expect(try PrometheusText(page).value("a") == value)
    }

    @Test("What is no number is NaN, and a count may be the largest there is")
    func extremes() throws {
        var text = MetricsText()
        text.begin(MetricFamily("a", .gauge, "b"))
        text.add(value: Double.nan)
        text.begin(MetricFamily("c_total", .counter, "d"))
        text.add(value: UInt64.max)
        let page = String(buffer: text.buffer)
        #expect(page.contains("\na NaN\n"))
        #expect(page.hasSuffix("\nc_total 18446744073709551615\n"))
        #expect(try PrometheusText(page).value("a")?.isNaN == true)
    }

    @Test("The buckets of a histogram hold all below their bound")
    func histogram() throws {
        var text = MetricsText()
        text.begin(MetricFamily("h_seconds", .histogram, labels: ["route"], "b"))
        text.addHistogram(
            "r",
            bounds: [.microseconds(2_500), .seconds(1), .seconds(60)],
            counts: [3, 0, 2, 1],
            sum: .milliseconds(1_250)
        )
        #expect(
            String(buffer: text.buffer) == """
                # HELP h_seconds b
                # TYPE h_seconds histogram
                h_seconds_bucket{route="r",le="0.0025"} 3
                h_seconds_bucket{route="r",le="1.0"} 3
                h_seconds_bucket{route="r",le="60.0"} 5
                h_seconds_bucket{route="r",le="+Inf"} 6
                h_seconds_sum{route="r"} 1.25
                h_seconds_count{route="r"} 6

                """
        )
        #expect(try PrometheusText(String(buffer: text.buffer)).value("h_seconds_count", ["route": "r"]) == 6)
    }
}
