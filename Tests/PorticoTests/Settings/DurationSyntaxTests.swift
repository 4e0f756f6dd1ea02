import Testing

@testable import Portico

@Suite("Durations in settings")
struct DurationSyntaxTests {
    @Test(
        "Units add up",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("90s", .seconds(90)), ("15m", .seconds(900)),
            ("24h", .seconds(86_400)),
            ("400d", .seconds(34_560_000)), ("1h30m", .seconds(5400)), ("0s", .zero),
        ]
    )
    func units(_ text: String, _ duration: Duration) throws {
        #expect(try DurationSyntax.parse(text) == duration)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "15", "m", "15 m", "-1s", "1.5h", "1w", "1H", "1s2", "99999999999s", "١٥m",
        ]
    )
    func refused(_ text: String) {
        #expect(throws: SettingProblem.self) { try DurationSyntax.parse(text) }
    }

    @Test(
        "A duration is spelled with the largest unit that divides it",
        arguments: [
            ("90s", Duration.seconds(90)), ("2m", .seconds(120)), ("1d", .seconds(86_400)),
            ("250ms", .milliseconds(250)),
            ("0s", .zero),
        ]
    )
    func spelling(_ text: String, _ duration: Duration) {
        #expect(DurationSyntax.spell(duration) == text)
    }
}
