import Foundation
import GatewayHTTP
import Testing

@Suite("Start limiter")
struct StartLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func address(_ text: String) throws -> ClientAddress {
        try #require(ClientAddress(text))
    }

    @Test(arguments: [
        ["192.0.2.1", "192.0.2.9", "192.0.2.200", "192.0.3.1"],
        ["2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:ffff::1", "2001:db8:2:1::1"],
    ])
    func countsANetworkAsOne(addresses: [String]) throws {
        let limiter = StartLimiter(network: .init(capacity: 2, refillPerSecond: 0.5))
        let waits = try addresses.map { limiter.admit(try self.address($0), now: self.start) }
        #expect(waits == [nil, nil, .seconds(2), nil])
        #expect(limiter.admit(try self.address(addresses[0]), now: self.start + 2) == nil)
    }

    @Test func boundsTheInstallation() throws {
        let limiter = StartLimiter(installation: .init(capacity: 3, refillPerSecond: 1, generationSize: 1))
        let waits = try (0..<5).map { limiter.admit(try self.address("10.\($0).0.1"), now: self.start) }
        #expect(waits == [nil, nil, nil, .seconds(1), .seconds(1)])
        #expect(limiter.admit(try self.address("2001:db8::1"), now: self.start + 1) == nil)
    }

    @Test func asksForAWorkspaceOnlyWhereTheNetworkMay() throws {
        let limiter = StartLimiter(
            network: .init(capacity: 2, refillPerSecond: 1),
            installation: .init(capacity: 3, refillPerSecond: 1, generationSize: 1)
        )
        var asked = 0
        let waits = try (0..<4)
            .map { _ in
                limiter.admit(try self.address("192.0.2.1"), now: self.start) {
                    asked += 1
                    return .seconds(7)
                }
            }
        #expect(waits == [.seconds(7), .seconds(7), .seconds(1), .seconds(1)])
        #expect(asked == 2)
        // What a workspace was refused has not counted against all.
        let others = try (0..<3).map { limiter.admit(try self.address("203.0.11\($0).1"), now: self.start) }
        #expect(others == [nil, nil, nil])
    }

    @Test func doesNotLetOneNetworkUseUpTheInstallation() throws {
        let limiter = StartLimiter(
            network: .init(capacity: 2, refillPerSecond: 1),
            installation: .init(capacity: 3, refillPerSecond: 1, generationSize: 1)
        )
        for _ in 0..<10 { _ = limiter.admit(try self.address("192.0.2.1"), now: self.start) }
        #expect(limiter.admit(try self.address("203.0.113.1"), now: self.start) == nil)
    }
}
