import Foundation
import Testing

@testable import Portico

/// Holds `Docs/Metrics.md` against the list of metrics.
@Suite("The page about the metrics")
struct MetricsDocumentTests {
    private let page: String

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Docs/Metrics.md")
        self.page = try String(contentsOf: file, encoding: .utf8)
    }

    @Test("The page has one row for each metric, and no other rows")
    func rows() {
        let lines = self.page.split(separator: "\n").map(String.init)
        let section = lines.drop { $0 != "## Every metric" }.dropFirst().prefix { !$0.hasPrefix("## ") }
        #expect(section.filter { $0.hasPrefix("| `") } == MetricFamily.all.map(Self.row))
    }

    @Test("Names and help texts keep to the conventions")
    func conventions() {
        #expect(Set(MetricFamily.all.map(\.name)).count == MetricFamily.all.count)
        for family in MetricFamily.all {
            #expect(family.name.wholeMatch(of: /(portico|process)_[a-z_]+/) != nil)
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter))
            #expect(family.kind != .histogram || family.name.hasSuffix("_seconds"))
            #expect(family.labels.allSatisfy { $0.wholeMatch(of: /[a-z_]+/) != nil && $0 != "le" })
            #expect(!family.help.hasSuffix(".") && !family.help.contains("|"))
        }
    }

    private static func row(of family: MetricFamily) -> String {
        let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
        return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help). |"
    }
}
