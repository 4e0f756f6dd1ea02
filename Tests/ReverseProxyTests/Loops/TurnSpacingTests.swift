import NIOCore
import NIOPosix
import SocketPolling
import Testing

@testable import ReverseProxy

@Suite("Distance between turns of an event loop")
struct TurnSpacingTests {
    /// What was counted in a quarter of a second, and the microseconds that follow from it.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let requests: [(count: Int, microseconds: UInt64)]
        let spacing: UInt64

        var testDescription: String { self.name }
    }

    private static let rows = [
        Row(name: "many requests that wait elsewhere", requests: [(3_200, 1_200)], spacing: 200),
        Row(name: "so many that take long", requests: [(3_200, 40_000)], spacing: 250),
        Row(name: "few requests", requests: [(1_800, 1_200)], spacing: 0),
        Row(name: "just enough of them", requests: [(1_875, 1_200)], spacing: 200),
        Row(name: "few that take long", requests: [(100, 40_000)], spacing: 0),
        Row(name: "many that are quick", requests: [(8_000, 200)], spacing: 0),
        Row(name: "many that are just slow enough", requests: [(8_000, 600)], spacing: 100),
        Row(name: "many that are just not slow enough", requests: [(8_000, 599)], spacing: 0),
        Row(name: "a few long ones among quick ones", requests: [(8_000, 200), (20, 60_000_000)], spacing: 0),
        Row(name: "as many quick ones as slow ones", requests: [(8_000, 200), (8_000, 1_500)], spacing: 141),
        Row(name: "more quick ones than slow ones", requests: [(8_001, 200), (8_000, 1_500)], spacing: 0),
        Row(name: "no request", requests: [], spacing: 0),
    ]

    @Test("Messages gather where many requests wait elsewhere anyway, by a sixth of what these take", arguments: rows)
    func next(_ row: Row) {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var spacing = TurnSpacing(since: start)
        for (count, microseconds) in row.requests { for _ in 0..<count { spacing.count(microseconds * 1_000) } }
        #expect(spacing.next(at: start + .milliseconds(250)) / 1_000 == row.spacing)
        #expect(spacing.next(at: start + .milliseconds(500)) == 0, "nothing has come since")
    }

    @Test("A count that took no time says nothing")
    func noTime() {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var spacing = TurnSpacing(since: start)
        for _ in 0..<3_200 { spacing.count(1_200_000) }
        #expect(spacing.next(at: start) == 0)
    }

    #if os(Linux)
    @Test("An event loop keeps its distance while there is load, and none when it has nothing more to do")
    func eventLoop() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let gateway = try await TestGateway.start(
            routes: [Route(upstreams: TestGateway.urls(9), authentication: .none)],
            group: group
        )
        let client = try await gateway.connect()
        let load: @Sendable (FrontHandler) -> Void = { front in
            for _ in 0..<100_000 { front.loop.countAnswer(.nowhere, method: .get, status: 200, nanoseconds: 1_200_000) }
        }
        try await gateway.wait { front in
            load(front)
            return front.loop.sockets.poll?.spacing == 200_000
        }
        try await gateway.wait { $0.loop.sockets.poll?.spacing == 0 }
        // The last connection ends under load.
        try await gateway.wait { front in
            load(front)
            front.loop.sockets.poll?.spacing = 1
            front.context?.close(promise: nil)
            return true
        }
        try await eventually {
            try await group.next().submit { SocketPoll.ofThisThread()?.spacing == 0 }.get()
        }
        await client.close()
        await gateway.stop()
        try await group.shutdownGracefully()
    }
    #endif
}
