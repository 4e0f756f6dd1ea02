import Synchronization
import Testing

@testable import ReverseProxy

@Suite("What is counted and told of tunnels")
struct TunnelCountsTests {
    /// The records, in order.
    private final class Records: Sendable {
        private let state = Mutex<[AccessRecord]>([])

        var all: [AccessRecord] { self.state.withLock { $0 } }

        func add(_ record: AccessRecord) { self.state.withLock { $0.append(record) } }
    }

    /// Who ends a tunnel, and how.
    enum End: CaseIterable {
        case clientCloses
        case upstreamCloses
        case clientBreaks
    }

    @Test(
        "A tunnel is counted as answered when it begins, and told once when it ends",
        arguments: [
            (End.clientCloses, AccessRecord.Ending.complete), (.upstreamCloses, .complete), (.clientBreaks, .broken),
        ]
    )
    func tunnel(_ end: End, _ ending: AccessRecord.Ending) async throws {
        let records = Records()
        let gate = Gate()
        let upstream = try await TestUpstream.tunnel { connection in
            if end == .upstreamCloses {
                await gate.wait()
            } else {
                try await connection.waitForEnd()
            }
        }
        let gateway = try await TestGateway.start(upstream, configuration: { $0.recordAccess = { records.add($0) } })
        let client = try await gateway.openTunnel()
        let open = await gateway.proxy.counts()
        #expect(open.routes[0].answers == [AnswerCount(method: "GET", statusClass: 1, count: 1)])
        #expect(open.routes[0].durations.counts.reduce(0, +) == 1)
        #expect(open.tunnels == 1 && open.inFlight == 0)
        #expect(records.all.isEmpty)

        switch end {
        case .clientCloses:
            try await client.closeOutput()
        case .upstreamCloses:
            gate.open()
            try await client.waitForEnd()
        case .clientBreaks:
            await client.reset()
        }
        try await eventually { !records.all.isEmpty }
        await client.close()
        try await gateway.waitForNoConnections()
        let over = await gateway.proxy.counts()
        #expect(over.routes[0].answers == open.routes[0].answers)
        #expect(over.routes[0].unfinished == 0)
        #expect(over.tunnels == 0)
        #expect(records.all.map(\.ending) == [ending])
        #expect(records.all.map(\.status) == [101])
        #expect(records.all.allSatisfy { $0.sentBytes > 0 })
        await gateway.stop()
        await upstream.stop()
    }
}
