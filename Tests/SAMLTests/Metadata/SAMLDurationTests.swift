import SAML
import Testing

@Suite("Durations of metadata")
struct SAMLDurationTests {
    @Test(
        arguments: [
            ("PT24H", 86_400), ("P7D", 604_800), ("PT604800S", 604_800), ("P0Y0M7DT0H0M0.000S", 604_800),
            ("PT1H30M", 5400), ("P1DT1S", 86_401), ("P1M", 2_592_000), ("P1Y2M", 36_720_000), ("PT0S", 0),
        ] as [(String, Int)]
    )
    func reads(_ text: String, seconds: Int) {
        #expect(SAMLDuration.parse(text) == .seconds(seconds))
    }

    @Test(arguments: [
        "", "P", "PT", "P1DT", "24H", "PT24", "PTH", "-PT24H", "+PT24H", "PT-1H", "P1H", "PT1D", "PT1M1H", "PT1S1S",
        "P1.5D",
        "PT1.S", "PT.5S", " PT1S", "PT1S ", "PT99999999999S", "pt1s", "PT1\u{301}S", "PT١S",
    ])
    func refuses(_ text: String) {
        #expect(SAMLDuration.parse(text) == nil)
    }
}
