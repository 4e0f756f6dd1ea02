import NIOCore
import Testing

@testable import ReverseProxy

@Suite("Streams that were reset on a connection to an upstream")
struct ResetStreamsTests {
    private static func time(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }

    @Test func eachKeepsItsPlaceForASecond() {
        var streams = ResetStreams()
        streams.add(isAnswered: false, at: Self.time(0))
        streams.add(isAnswered: true, at: Self.time(500))
        #expect(streams.count == 2)
        var isFreed = streams.freePlaces(Self.time(1_000))
        #expect(!isFreed && streams.count == 2)
        isFreed = streams.freePlaces(Self.time(1_001))
        #expect(isFreed && streams.count == 1)
        isFreed = streams.freePlaces(Self.time(2_000))
        #expect(isFreed && streams.count == 0)
    }

    @Test func thoseWithoutAnAnswerAreCounted() {
        var streams = ResetStreams()
        for _ in 0..<199 { streams.add(isAnswered: false, at: Self.time(0)) }
        for _ in 0..<10 { streams.add(isAnswered: true, at: Self.time(0)) }
        _ = streams.freePlaces(Self.time(5_000))
        #expect(!streams.isTooMany)
        streams.add(isAnswered: false, at: Self.time(5_000))
        #expect(streams.isTooMany)
    }
}
