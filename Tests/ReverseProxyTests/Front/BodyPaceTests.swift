import NIOCore
import Testing

@testable import ReverseProxy

@Suite("The pace of a body")
struct BodyPaceTests {
    /// What came in so many milliseconds of the client's turn, and whether it was too little: 240 bytes a second, and ten
    /// seconds of grace.
    @Test(
        "is what came in the time of the client's turn",
        arguments: [
            (0, 0, false), (10_000, 0, false), (10_001, 0, true), (11_000, 239, true), (11_000, 240, false),
            (20_000, 2_399, true), (20_000, 2_400, false), (3_600_000, 861_599, true), (3_600_000, 861_600, false),
        ]
    )
    func pace(_ milliseconds: Int64, _ size: Int, _ isTooSlow: Bool) {
        var pace = BodyPace()
        let start = NIODeadline.now()
        pace.note(at: start, isClientsTurn: true)
        pace.note(at: start + .milliseconds(milliseconds), isClientsTurn: true)
        #expect(pace.isTooSlow(size, rate: 240, grace: .seconds(10)) == isTooSlow)
        #expect(!pace.isTooSlow(size, rate: 0, grace: .seconds(10)))
    }

    @Test("does not count while it is not the client's turn, nor what was before the first look")
    func turns() {
        var pace = BodyPace()
        let start = NIODeadline.now()
        func note(_ second: Int64, isClientsTurn: Bool) {
            pace.note(at: start + .seconds(second), isClientsTurn: isClientsTurn)
        }
        note(0, isClientsTurn: true)
        note(3, isClientsTurn: true)
        note(100, isClientsTurn: false)
        note(104, isClientsTurn: true)
        #expect(pace.waited == .seconds(7))
    }
}
