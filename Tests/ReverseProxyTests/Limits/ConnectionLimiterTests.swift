import Testing

@testable import ReverseProxy

@Suite("Counting connections")
struct ConnectionLimiterTests {
    private static func limiter(_ all: Int, _ each: Int) -> ConnectionLimiter {
        ConnectionLimiter(limits: ConnectionLimits(connections: all, connectionsPerAddress: each))
    }

    @Test(
        "An IPv4 address counts alone, an IPv6 address with its network of 64 bits",
        arguments: [
            ("10.0.0.1", "10.0.0.2", false), ("10.0.0.1", "::ffff:10.0.0.1", true),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
        ]
    )
    func networks(_ first: String, _ second: String, _ areOne: Bool) throws {
        let first = ConnectionLimiter.network(of: try #require(NetworkAddress(first)))
        let second = ConnectionLimiter.network(of: try #require(NetworkAddress(second)))
        #expect((first == second) == areOne)
    }

    @Test("Each limit holds by itself, and a connection that has ended makes room")
    func limits() throws {
        let limiter = Self.limiter(3, 2)
        let one = try #require(NetworkAddress("10.0.0.1"))
        let other = try #require(NetworkAddress("10.0.0.2"))
        #expect(limiter.admit(one) == .served)
        #expect(limiter.admit(one) == .served)
        #expect(limiter.admit(one) == .told)
        #expect(limiter.admit(other) == .served)
        #expect(limiter.admit(nil) == .told)
        #expect(limiter.refusedCount == 2)
        limiter.release(one)
        #expect(limiter.admit(nil) == .served)
        limiter.release(nil)
        limiter.release(one)
        limiter.release(other)
        #expect(limiter.networkCount == 0)
    }

    @Test("Only so many are told at once; the others are closed without a word")
    func tellings() {
        let limiter = Self.limiter(0, 1)
        for _ in 0..<256 { #expect(limiter.admit(nil) == .told) }
        #expect(limiter.admit(nil) == .closed)
        limiter.endTelling()
        #expect(limiter.admit(nil) == .told)
        #expect(limiter.refusedCount == 258)
    }
}
