package import FoundationEssentials
import Synchronization

/// Slows down whoever tries too often: a bucket of tokens for each client address, or for more of them.
///
/// An attempt takes one token, and a failed one takes more, so that an office behind one address can sign in on a
/// Monday morning while somebody who guesses Company IDs runs dry. A bucket fills up again over time.
///
/// Memory is bounded by two generations of buckets: when the younger one is full it becomes the older one, and the
/// older one is forgotten. A bucket in use moves to the younger one, so only idle ones are lost.
package final class AttemptLimiter: Sendable {
    /// How much is allowed.
    package struct Limits: Hashable, Sendable {
        /// The tokens of a full bucket.
        package var capacity: Double
        /// The tokens that come back in a second.
        package var refillPerSecond: Double
        /// The number of buckets that one generation remembers.
        package var generationSize: Int

        /// Takes limits; the defaults allow 300 attempts or 30 failures at once, and five or a half a second after that.
        package init(capacity: Double = 300, refillPerSecond: Double = 5, generationSize: Int = 32_768) {
            self.capacity = capacity
            self.refillPerSecond = refillPerSecond
            self.generationSize = generationSize
        }
    }

    /// What an attempt costs.
    package enum Cost: Double, Hashable, Sendable {
        /// An attempt, before its outcome is known.
        case attempt = 1
        /// What a failure costs on top.
        case failure = 9
    }

    /// Whom one bucket is for.
    package enum Scope: Hashable, Sendable {
        /// One client address.
        case address
        /// The clients of one network.
        case network
        /// All clients.
        case installation

        fileprivate func key(of client: ClientAddress) -> [UInt8] {
            switch self {
            case .address: client.block
            case .network: client.network
            case .installation: []
            }
        }
    }

    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private struct State {
        var younger: [[UInt8]: Bucket] = [:]
        var older: [[UInt8]: Bucket] = [:]
    }

    private let limits: Limits
    private let scope: Scope
    private let state = Mutex(State())

    /// Makes a limiter with full buckets.
    package init(limits: Limits = Limits(), scope: Scope = .address) {
        self.limits = limits
        self.scope = scope
    }

    /// Takes the token of an attempt.
    ///
    /// - Returns: `nil` when the attempt may go on, otherwise the time until a token is there.
    package func admit(_ client: ClientAddress, now: Date) -> Duration? {
        self.admit(key: self.scope.key(of: client), now: now)
    }

    /// Takes the token of an attempt of whoever the key stands for.
    ///
    /// - Returns: `nil` when the attempt may go on, otherwise the time until a token is there.
    package func admit(key: [UInt8], now: Date) -> Duration? {
        self.state.withLock { state in
            var bucket = self.bucket(of: key, in: &state, now: now)
            let missing = Cost.attempt.rawValue - bucket.tokens
            if missing <= 0 { bucket.tokens -= Cost.attempt.rawValue }
            state.younger[key] = bucket
            return missing <= 0 ? nil : .seconds(missing / self.limits.refillPerSecond)
        }
    }

    /// Takes the tokens of a failure; a bucket may owe as much as it holds when it is full.
    package func recordFailure(_ client: ClientAddress, now: Date) {
        let key = self.scope.key(of: client)
        self.state.withLock { state in
            var bucket = self.bucket(of: key, in: &state, now: now)
            bucket.tokens = max(bucket.tokens - Cost.failure.rawValue, -self.limits.capacity)
            state.younger[key] = bucket
        }
    }

    /// The number of buckets that are remembered.
    package var rememberedBuckets: Int {
        self.state.withLock { $0.younger.count + $0.older.count }
    }

    private func bucket(of key: [UInt8], in state: inout State, now: Date) -> Bucket {
        let known = state.younger[key] ?? state.older.removeValue(forKey: key)
        if state.younger[key] == nil, state.younger.count >= self.limits.generationSize {
            state.older = state.younger
            state.younger = [:]
        }
        guard var bucket = known else { return Bucket(tokens: self.limits.capacity, filledAt: now) }
        let seconds = max(0, now.timeIntervalSince(bucket.filledAt))
        bucket.tokens = min(self.limits.capacity, bucket.tokens + seconds * self.limits.refillPerSecond)
        bucket.filledAt = now
        return bucket
    }
}
