import Testing

@testable import ReverseProxy

@Suite("Counters of an event loop")
struct LoopCountersTests {
    @Test(
        "A duration is in the first bucket whose bound it does not exceed",
        arguments: [
            (0, 0), (1_000_000, 0), (1_000_001, 1), (2_500_000, 1), (2_500_001, 2), (5_000_000, 2), (10_000_000, 3),
            (25_000_000, 4), (50_000_000, 5), (100_000_000, 6), (250_000_000, 7), (500_000_000, 8),
            (1_000_000_000, 9), (2_500_000_000, 10), (5_000_000_000, 11), (10_000_000_000, 12), (30_000_000_000, 13),
            (60_000_000_000, 14), (60_000_000_001, 15), (UInt64.max, 15),
        ] as [(UInt64, Int)]
    )
    func bucket(_ nanoseconds: UInt64, _ bucket: Int) {
        var counters = LoopCounters(routeCount: 2)
        counters.countAnswer(.route(1), method: .get, status: 200, nanoseconds: nanoseconds)
        let counts = counters.durations(ofRoute: 1).counts
        #expect(counts.count == DurationHistogram.bounds.count + 1)
        #expect(counts.enumerated().filter { $0.element > 0 }.map(\.offset) == [bucket])
        #expect(counters.durations(ofRoute: 0).counts.allSatisfy { $0 == 0 })
    }

    @Test("The bounds rise")
    func bounds() {
        #expect(zip(DurationHistogram.bounds, DurationHistogram.bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("Every subject, method and class of status has a place of its own")
    func places() {
        var counters = LoopCounters(routeCount: 2)
        let subjects: [LoopCounters.Subject] = [.route(0), .route(1), .question, .nowhere]
        let methods: [RequestMethod] = [.get, .head, .options, .post, .trace, .connect, .other]
        var count: UInt64 = 0
        var expected: [[AnswerCount]] = []
        for subject in subjects {
            var answers: [AnswerCount] = []
            for method in methods {
                for statusClass in 1...5 {
                    count += 1
                    for _ in 0..<count {
                        counters.countAnswer(subject, method: method, status: statusClass * 100 + 99, nanoseconds: 1)
                    }
                    let name = method == .other ? "other" : "\(method)".uppercased()
                    answers.append(AnswerCount(method: name, statusClass: statusClass, count: count))
                }
            }
            expected.append(answers)
        }
        #expect(subjects.map { counters.answers($0) } == expected)
    }

    @Test("What was counted stays where it is when there are more routes, and loops that know fewer are added")
    func moreRoutes() {
        var fewer = LoopCounters(routeCount: 1)
        fewer.countAnswer(.route(0), method: .get, status: 200, nanoseconds: 3)
        fewer.countAnswer(.nowhere, method: .get, status: 404, nanoseconds: 3)
        fewer.countTimeout(.idle, ofRoute: 0)
        var more = fewer
        more.makeRoom(forRoutes: 2)
        more.countAnswer(.route(1), method: .post, status: 201, nanoseconds: 3)
        more.countTimeout(.tunnel, ofRoute: 1)
        for (first, second) in [(fewer, more), (more, fewer)] {
            var sum = first
            sum.add(second)
            #expect(sum.answers(.route(0)) == [AnswerCount(method: "GET", statusClass: 2, count: 2)])
            #expect(sum.answers(.route(1)) == [AnswerCount(method: "POST", statusClass: 2, count: 1)])
            #expect(sum.answers(.nowhere) == [AnswerCount(method: "GET", statusClass: 4, count: 2)])
            #expect(sum.durations(ofRoute: 1).counts.reduce(0, +) == 1)
            #expect(sum.timeouts(ofRoute: 0).filter { $0.value > 0 } == [.idle: 2])
            #expect(sum.timeouts(ofRoute: 1).filter { $0.value > 0 } == [.tunnel: 1])
        }
    }

    @Test("The sum of two loops is the sum of each number")
    func sum() {
        var first = LoopCounters(routeCount: 1)
        first.countAnswer(.route(0), method: .get, status: 200, nanoseconds: 3)
        first.countRefusal(.routeNotFound)
        first.countUnfinished(.nowhere)
        first.acceptedCount = 5
        var second = first
        second.countRefusal(.unavailable)
        second.receivedBytes = 7
        second.sentBytes = 11
        first.add(second)
        #expect(first.answers(.route(0)) == [AnswerCount(method: "GET", statusClass: 2, count: 2)])
        #expect(first.durations(ofRoute: 0).counts[0] == 2)
        #expect(first.durations(ofRoute: 0).sum == .nanoseconds(6))
        #expect(first.refusals == [.routeNotFound: 2, .unavailable: 1])
        #expect(first.unfinished(.nowhere) == 2)
        #expect([first.acceptedCount, first.receivedBytes, first.sentBytes] == [10, 7, 11])
    }
}
