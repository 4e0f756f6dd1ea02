import NIOCore
import Testing

@testable import ReverseProxy

@Suite("The health of an upstream")
struct UpstreamHealthTests {
    /// What happens to an upstream, and when, in milliseconds.
    enum Event: Sendable {
        case failure(Int)
        case answer
        case trial(Int, patience: Int = 0)
        case undecided(Int)
    }

    /// A history, and what the upstream is worth at a time after it.
    struct History: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let events: [Event]
        let at: Int
        let standing: UpstreamHealth.Standing
    }

    /// Three failures, then 1 s, 2 s, 4 s and 5 s at most: the random bits make it the whole of each.
    static let histories = [
        History(testDescription: "nothing happened", events: [], at: 0, standing: .good),
        History(testDescription: "two failures", events: [.failure(0), .failure(0)], at: 0, standing: .good),
        History(
            testDescription: "two failures, an answer, two failures",
            events: [.failure(0), .failure(0), .answer, .failure(0), .failure(0)],
            at: 0,
            standing: .good
        ),
        History(testDescription: "three failures", events: Self.three, at: 999, standing: .aside),
        History(testDescription: "three failures, and time is up", events: Self.three, at: 1_000, standing: .due),
        History(
            testDescription: "failures of requests that were under way",
            events: Self.three + [.failure(1), .failure(2), .failure(3)],
            at: 1_000,
            standing: .due
        ),
        History(
            testDescription: "an answer while it is set aside",
            events: Self.three + [.answer],
            at: 1,
            standing: .good
        ),
        History(
            testDescription: "a trial is under way",
            events: Self.three + [.trial(1_000)],
            at: 1_001,
            standing: .aside
        ),
        History(
            testDescription: "a trial of which nothing is heard",
            events: Self.three + [.trial(1_000)],
            at: 2_000,
            standing: .due
        ),
        History(
            testDescription: "a trial that may still be answered",
            events: Self.three + [.trial(1_000, patience: 3_000)],
            at: 3_999,
            standing: .aside
        ),
        History(
            testDescription: "a trial that would have been answered by now",
            events: Self.three + [.trial(1_000, patience: 3_000)],
            at: 4_000,
            standing: .due
        ),
        History(
            testDescription: "a trial that may be answered for very long",
            events: Self.three + [.trial(1_000, patience: 60_000)],
            at: 6_000,
            standing: .due
        ),
        History(
            testDescription: "a trial that was given up",
            events: Self.three + [.trial(1_000, patience: 3_000), .undecided(1_001)],
            at: 1_001,
            standing: .due
        ),
        History(
            testDescription: "after a trial in vain that followed upon one that was given up, twice the time",
            events: Self.three + [.trial(1_000), .undecided(1_001), .trial(1_001), .failure(1_001)],
            at: 3_000,
            standing: .aside
        ),
        History(
            testDescription: "a request that was given up and was no trial",
            events: Self.three + [.undecided(1)],
            at: 999,
            standing: .aside
        ),
        History(
            testDescription: "two failures, and a request that was given up",
            events: [.failure(0), .failure(0), .undecided(1), .failure(1)],
            at: 2,
            standing: .aside
        ),
        History(
            testDescription: "a trial with an answer",
            events: Self.three + [.trial(1_000), .answer],
            at: 1_001,
            standing: .good
        ),
        History(
            testDescription: "after a trial in vain, the time before last",
            events: Self.three + [.trial(1_000), .failure(1_000)],
            at: 2_999,
            standing: .aside
        ),
        History(
            testDescription: "after a trial in vain, twice the time",
            events: Self.three + [.trial(1_000), .failure(1_000)],
            at: 3_000,
            standing: .due
        ),
        History(
            testDescription: "after a failure without a trial, twice the time",
            events: Self.three + [.failure(1_000)],
            at: 2_999,
            standing: .aside
        ),
        History(
            testDescription: "after many trials in vain, no longer than the longest",
            events: Self.three
                + (1...20).flatMap { [Event.trial($0 * 10_000), .failure($0 * 10_000)] },
            at: 205_000,
            standing: .due
        ),
        History(
            testDescription: "after an answer it takes three failures again",
            events: Self.three + [.trial(1_000), .failure(1_000), .answer, .failure(1_000), .failure(1_000)],
            at: 1_000,
            standing: .good
        ),
    ]

    private static let three: [Event] = [.failure(0), .failure(0), .failure(0)]

    private static let limits = UpstreamHealthLimits(failures: 3, shortest: .seconds(1), longest: .seconds(5))

    private static func time(_ milliseconds: Int) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(Int64(milliseconds))
    }

    @Test("What an upstream is worth after a history", arguments: Self.histories)
    func standing(_ history: History) {
        var health = UpstreamHealth(Self.limits)
        for event in history.events {
            switch event {
            case .failure(let time): _ = health.failed(at: Self.time(time), random: .max)
            case .answer: health.succeeded()
            case .trial(let time, let patience):
                health.beginTrial(at: Self.time(time), patience: .milliseconds(Int64(patience)))
            case .undecided(let time): health.undecided(at: Self.time(time))
            }
        }
        #expect(health.standing(at: Self.time(history.at)) == history.standing)
        #expect(health.isAside == (history.standing != .good))
    }

    @Test("The time is spread over its second half", arguments: [(0, 500), (1 << 63, 750), (.max, 1_000)])
    func spread(_ random: UInt64, _ end: Int) {
        var health = UpstreamHealth(UpstreamHealthLimits(failures: 1, shortest: .seconds(1), longest: .seconds(5)))
        let isAside = health.failed(at: Self.time(0), random: random)
        #expect(isAside)
        #expect(health.standing(at: Self.time(end - 1)) == .aside)
        #expect(health.standing(at: Self.time(end)) == .due)
    }
}
