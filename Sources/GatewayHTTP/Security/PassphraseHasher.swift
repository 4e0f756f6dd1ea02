import Dispatch
import Foundation
import Synchronization
package import Workspaces

/// Hashes passphrases beside the event loops, a few at a time.
///
/// One computation takes tens of megabytes and tenths of a second, and anybody can cause it: so there are a few lanes of
/// which each does one after the other, and who would wait for too long is sent away. A passphrase that is compared with
/// nobody's costs the same. Those who choose one have lanes of their own, so that guessing does not keep the operator's way
/// back closed: one for links, and one for the settings, where the owner of any workspace can send one after the other.
package final class PassphraseHasher: Sendable {
    /// Where a passphrase is chosen.
    package enum Choice: Int, CaseIterable, Sendable {
        /// By a link of the operator's.
        case link
        /// In the settings, by somebody who is signed in.
        case settings
    }

    /// What a hash that is made now costs.
    private let cost: PassphraseHash.Cost
    private let maximumWaiting: Int
    private let lanes: [DispatchQueue]
    /// How many wait for each lane; the last ones are for those who choose a passphrase.
    private let loads: Mutex<[Int]>

    /// Makes a hasher.
    ///
    /// - Parameters:
    ///   - cost: What a hash that is made now costs.
    ///   - lanes: How many computations run at once; half of the processors by default, and no more than four.
    ///   - maximumWaiting: How many more may wait for each lane.
    package init(cost: PassphraseHash.Cost = .standard, lanes: Int? = nil, maximumWaiting: Int = 8) {
        let count = lanes ?? max(1, min(4, ProcessInfo.processInfo.activeProcessorCount / 2))
        self.cost = cost
        self.maximumWaiting = maximumWaiting
        self.lanes = (0..<count + Choice.allCases.count).map { DispatchQueue(label: "portico.passphrases.\($0)") }
        self.loads = Mutex(Array(repeating: 0, count: self.lanes.count))
    }

    /// Hashes a passphrase that somebody chose.
    ///
    /// - Throws: `rate_limited` while too many wait.
    package func hash(_ passphrase: Passphrase, by choice: Choice) async throws -> PassphraseHash {
        let cost = self.cost
        let lane = self.lanes.count - 1 - choice.rawValue
        return try await self.run(on: lane..<lane + 1) { try PassphraseHash(of: passphrase, cost: cost) }
    }

    /// Whether a passphrase is the one of a hash; without a hash it is not, after the same time.
    ///
    /// - Throws: `rate_limited` while too many wait.
    package func verify(_ passphrase: Passphrase, against hash: PassphraseHash?) async throws -> Bool {
        let compared = hash ?? .ofNobody(cost: self.cost)
        return try await self.run(on: self.lanes.indices.dropLast(Choice.allCases.count)) {
            try compared.matches(passphrase)
        }
    }

    private func run<Result: Sendable>(
        on lanes: Range<Int>,
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let lane = try self.takeLane(of: lanes)
        defer { self.loads.withLock { $0[lane] -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            self.lanes[lane].async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    /// The lane with the fewest that wait.
    private func takeLane(of lanes: Range<Int>) throws -> Int {
        try self.loads.withLock { loads in
            guard let lane = lanes.min(by: { loads[$0] < loads[$1] }), loads[lane] <= self.maximumWaiting else {
                throw GatewayError(.rateLimited, retryAfter: .seconds(10))
            }
            loads[lane] += 1
            return lane
        }
    }
}
