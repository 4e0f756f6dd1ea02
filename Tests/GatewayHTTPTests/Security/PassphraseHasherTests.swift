import FoundationEssentials
import GatewayHTTP
import Testing
import Workspaces

@Suite("Hashing passphrases")
struct PassphraseHasherTests {
    private static let cost = PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)

    @Test func comparesWithAHashAndWithNobodys() async throws {
        let hasher = PassphraseHasher(cost: Self.cost)
        let passphrase = Passphrase(typed: "correct horse battery")
        let hash = try await hasher.hash(passphrase, by: .link)
        #expect(hash.cost == Self.cost)
        #expect(try await hasher.verify(passphrase, against: hash))
        #expect(try await !hasher.verify(Passphrase(typed: "correct horse"), against: hash))
        #expect(try await !hasher.verify(passphrase, against: nil))
    }

    @Test func sendsAwayWhoWouldWaitForTooLong() async throws {
        let hasher = PassphraseHasher(
            cost: PassphraseHash.Cost(rounds: 16_384, blockSize: 8, parallelism: 1),
            lanes: 1,
            maximumWaiting: 1
        )
        let passphrase = Passphrase(typed: "correct horse battery")
        let answers = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    do {
                        _ = try await hasher.verify(passphrase, against: nil)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.contains(true) && answers.contains(false))
        #expect(try await !hasher.verify(passphrase, against: nil))
    }

    @Test func guessingDoesNotKeepAnybodyFromChoosingOne() async throws {
        let hasher = PassphraseHasher(cost: Self.cost, lanes: 1, maximumWaiting: -1)
        let passphrase = Passphrase(typed: "correct horse battery")
        await #expect(throws: GatewayError.self) { try await hasher.verify(passphrase, against: nil) }
        await #expect(throws: GatewayError.self) { try await hasher.hash(passphrase, by: .link) }
        let guessed = PassphraseHasher(
            cost: PassphraseHash.Cost(rounds: 16_384, blockSize: 8, parallelism: 1),
            lanes: 1
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { _ = try? await guessed.verify(passphrase, against: nil) }
            }
            group.addTask { _ = try await guessed.hash(passphrase, by: .link) }
            try await group.waitForAll()
        }
    }

    @Test func whoeverChoosesManyInTheSettingsKeepsNobodyFromUsingALink() async throws {
        let busy = PassphraseHasher(
            cost: PassphraseHash.Cost(rounds: 16_384, blockSize: 8, parallelism: 1),
            lanes: 1
        )
        let passphrase = Passphrase(typed: "correct horse battery")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { _ = try? await busy.hash(passphrase, by: .settings) }
            }
            group.addTask { _ = try await busy.hash(passphrase, by: .link) }
            try await group.waitForAll()
        }
    }

    @Test func aMemberHasTenCodesAndTenInAnHour() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let limiter = PassphraseLimiter()
        let member = UserID.random()
        #expect(
            (0..<12).map { _ in limiter.admitCode(of: member, now: now) } == Array(repeating: true, count: 10) + [
                false, false,
            ]
        )
        #expect(limiter.admitCode(of: .random(), now: now))
        #expect(limiter.admitCode(of: member, now: now.addingTimeInterval(361)))
        #expect(!limiter.admitCode(of: member, now: now.addingTimeInterval(361)))
    }

    @Test func anAttemptCountsByNetworkAndByCompanyID() throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let limiter = PassphraseLimiter(
            networks: .init(capacity: 20, refillPerSecond: 1),
            names: .init(capacity: 3, refillPerSecond: 0.5)
        )
        let first = try #require(ClientAddress("192.0.2.1"))
        let neighbor = try #require(ClientAddress("192.0.2.99"))
        let other = try #require(ClientAddress("198.51.100.1"))
        for _ in 0..<2 {
            #expect(limiter.admit(first, name: "company-a", now: now) == nil)
            limiter.recordFailure(first, now: now)
        }
        #expect(limiter.admit(neighbor, name: "company-b", now: now) != nil)
        #expect(limiter.admit(other, name: "company-a", now: now) == nil)
        #expect(limiter.admit(other, name: "company-a", now: now) == .seconds(2))
        #expect(limiter.admit(other, name: "company-b", now: now) == nil)
        #expect(limiter.admit(other, name: "company-a", now: now.addingTimeInterval(2)) == nil)
    }
}
