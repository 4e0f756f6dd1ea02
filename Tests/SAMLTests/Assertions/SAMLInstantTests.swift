import FoundationEssentials
import SAML
import Testing

@Suite("Instants of SAML")
struct SAMLInstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
        ("2026-03-01T12:00:00Z", 1_772_366_400),
        ("2026-03-01T12:00:00+00:00", 1_772_366_400),
        ("2026-03-01T12:00:00.25+00:00", 1_772_366_400.25),
        ("2026-03-01T12:00:00.5Z", 1_772_366_400.5),
        ("2026-03-01T12:00:00.123456789Z", 1_772_366_400.123456789),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
        ("2000-02-29T23:59:59Z", 951_868_799),
        ("2025-12-31T24:00:00Z", 1_767_225_600),
        ("2025-12-31T24:00:00.000Z", 1_767_225_600),
        ("0001-01-01T00:00:00Z", -62_135_596_800),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func reads(_ text: String, _ seconds: Double) throws {
        let instant = try #require(SAMLInstant.parse(text))
        #expect(abs(instant.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(arguments: [
        "", "Z", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01T12:00:00z", "2026-03-01t12:00:00Z",
        "2026-03-01 12:00:00Z", "2026-03-01T12:00Z", "2026-03-01T12:00:00+00:01", "2026-03-01T12:00:00+14:00",
        "2026-03-01T12:00:00-00:00", "2026-03-01T12:00:00+00", "2026-03-01T12:00:00+0000", "2026-03-01T12:00:00+00:00Z",
        "2026-03-01T12:00:00-05:00", "2026-03-01T12:00:00Z ", " 2026-03-01T12:00:00Z", "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:00,5Z", "2026-03-01T12:00:00.1234567890123Z", "2020-02-30T00:00:00Z", "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-03-01T25:00:00Z", "2026-03-01T24:00:01Z",
        "2026-03-01T24:01:00Z", "2026-03-01T24:00:00.1Z", "2026-03-01T12:60:00Z", "2016-12-31T23:59:60Z",
        "0000-01-01T00:00:00Z", "-2026-03-01T12:00:00Z", "12026-03-01T12:00:00Z", "+2026-03-01T12:00:00Z",
        "2026-3-1T12:00:00Z", "2026-03-01T1a:00:00Z", "٢٠٢٦-03-01T12:00:00Z", "2026-03-01T12:00:00ZZ",
        "2020-09-25T16=7:00:00+00:00",
    ])
    func refuses(_ text: String) {
        #expect(SAMLInstant.parse(text) == nil)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2024-02-29T12:34:56Z", "2026-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2100-03-01T00:00:00Z",
    ])
    func writesWhatItReads(_ text: String) throws {
        #expect(SAMLInstant.format(try #require(SAMLInstant.parse(text))) == text)
    }

    @Test
    func writesWholeSecondsOnly() {
        #expect(SAMLInstant.format(Date(timeIntervalSince1970: 0.9)) == "1970-01-01T00:00:00Z")
        #expect(SAMLInstant.format(Date(timeIntervalSince1970: -0.1)) == "1969-12-31T23:59:59Z")
    }

    @Test
    func agreesWithTheCalendarOnEveryDayOfFourCenturies() throws {
        var expected = 946_684_800.0
        for year in 2000..<2400 {
            for month in 1...12 {
                for day in 1...31 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
                    guard let instant = SAMLInstant.parse(text) else {
                        #expect(day > 28)
                        continue
                    }
                    try #require(instant.timeIntervalSince1970 == expected)
                    expected += 86_400
                }
            }
        }
        #expect(expected == 13_569_465_600)
    }
}
