import Foundation
import GatewayHTTP
import Testing

@Suite("Attempt limiter")
struct AttemptLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func address(_ text: String) throws -> ClientAddress {
        try #require(ClientAddress(text))
    }

    @Test func admitsUntilTheBucketIsEmpty() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 3, refillPerSecond: 0.5))
        let client = try self.address("192.0.2.1")
        for _ in 0..<3 { #expect(limiter.admit(client, now: self.start) == nil) }
        #expect(limiter.admit(client, now: self.start) == .seconds(2))
        #expect(limiter.admit(client, now: self.start + 1) == .seconds(1))
        #expect(limiter.admit(client, now: self.start + 2) == nil)
        #expect(limiter.admit(try self.address("192.0.2.2"), now: self.start) == nil)
    }

    @Test func makesFailuresDearer() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 20, refillPerSecond: 1))
        let client = try self.address("192.0.2.1")
        for _ in 0..<2 {
            #expect(limiter.admit(client, now: self.start) == nil)
            limiter.recordFailure(client, now: self.start)
        }
        #expect(limiter.admit(client, now: self.start) == .seconds(1))
    }

    @Test func neverOwesMoreThanABucket() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 10, refillPerSecond: 1))
        let client = try self.address("192.0.2.1")
        for _ in 0..<100 { limiter.recordFailure(client, now: self.start) }
        #expect(limiter.admit(client, now: self.start) == .seconds(11))
    }

    @Test func countsAnIPv6NetworkAsOne() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 1, refillPerSecond: 1))
        #expect(limiter.admit(try self.address("2001:db8:0:1::1"), now: self.start) == nil)
        #expect(limiter.admit(try self.address("2001:db8:0:1:ffff::2"), now: self.start) != nil)
        #expect(limiter.admit(try self.address("2001:db8:0:2::1"), now: self.start) == nil)
    }

    @Test func toleratesAClockThatGoesBack() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 2, refillPerSecond: 1))
        let client = try self.address("192.0.2.1")
        #expect(limiter.admit(client, now: self.start) == nil)
        #expect(limiter.admit(client, now: self.start - 3600) == nil)
        #expect(limiter.admit(client, now: self.start - 3600) == .seconds(1))
    }

    @Test func remembersABoundedNumberOfAddressesAndKeepsThoseInUse() throws {
        let limiter = AttemptLimiter(limits: .init(capacity: 1000, refillPerSecond: 0.001, generationSize: 100))
        let busy = try self.address("203.0.113.1")
        for number in 0..<2000 {
            let address = try self.address("10.0.\(number / 250).\(number % 250)")
            #expect(limiter.admit(address, now: self.start) == nil)
            if number % 50 == 0 { limiter.recordFailure(busy, now: self.start) }
            #expect(limiter.rememberedBuckets <= 200)
        }
        for _ in 0..<640 { _ = limiter.admit(busy, now: self.start) }
        #expect(limiter.admit(busy, now: self.start) != nil)
    }
}
