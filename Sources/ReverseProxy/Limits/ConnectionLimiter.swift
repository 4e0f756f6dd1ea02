import Synchronization

/// Counts the connections of clients, over all event loops.
///
/// A lock for each connection, and none for a request.
final class ConnectionLimiter: Sendable {
    /// What becomes of a connection.
    enum Admission {
        /// It is served.
        case served
        /// It is one too many, and is told so.
        case told
        /// It is one too many, and so many are being told so already that it is closed without a word.
        case closed
    }

    /// How many connections are being told at once: a telling holds a socket for as long as two seconds.
    private static let maximumTold = 256

    private struct State {
        var total = 0
        var byNetwork: [NetworkAddress: Int] = [:]
        var told = 0
        var refused: UInt64 = 0
    }

    private let limits: ConnectionLimits
    private let state = Mutex(State())

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    /// How many connections were refused.
    var refusedCount: UInt64 { self.state.withLock { $0.refused } }

    /// How many networks have connections.
    var networkCount: Int { self.state.withLock { $0.byNetwork.count } }

    /// The addresses that are counted together with one.
    static func network(of address: NetworkAddress) -> NetworkAddress {
        address.masked(to: min(address.bitCount, 64))
    }

    /// Counts a connection, unless it is one too many.
    ///
    /// - Parameter network: Whose connection it is; `nil` is only counted among all.
    /// - Returns: What becomes of it.
    func admit(_ network: NetworkAddress?) -> Admission {
        self.state.withLock { state in
            let ofNetwork = network.map { state.byNetwork[$0, default: 0] } ?? 0
            guard state.total < self.limits.connections, ofNetwork < self.limits.connectionsPerAddress else {
                state.refused &+= 1
                guard state.told < Self.maximumTold else { return .closed }
                state.told += 1
                return .told
            }
            state.total += 1
            if let network { state.byNetwork[network] = ofNetwork + 1 }
            return .served
        }
    }

    /// Forgets a connection that was served.
    func release(_ network: NetworkAddress?) {
        self.state.withLock { state in
            state.total -= 1
            guard let network, let count = state.byNetwork[network] else { return }
            state.byNetwork[network] = count == 1 ? nil : count - 1
        }
    }

    /// Forgets a connection that was told.
    func endTelling() {
        self.state.withLock { $0.told -= 1 }
    }
}
