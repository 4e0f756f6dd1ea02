import FoundationEssentials
import Logging
import PostgreSQL
import ReverseProxy
import Storage
import Workspaces

/// What a node does with sessions before it takes requests, so that a restart is not felt (decision 0042).
///
///     connections ── open, read real sessions ──┐
///                                               ├── preload the newest sessions ── listen for requests
///     LISTEN ── changes are heard ──────────────┘
///
/// Changes are heard first: what is read afterwards stays good until one is told. Whatever fails is left for the first
/// requests, which then wait as long as they would have without.
struct SessionPreparation: Sendable {
    /// How many sessions are read at most: a megabyte of memory.
    static let count = 1_024

    let pools: GatewayPools
    let sessions: SessionDirectory
    let listening: ListeningState
    /// How long reading them may take, and how long hearing changes is waited for before.
    var limit = Duration.seconds(1)
    let logger: Logger

    /// Prepares once.
    func run() async {
        let tokens: [SessionTokenHash]
        do {
            tokens = try await SessionStore(pool: self.pools.sessions).newestTokens(Self.count, now: Date())
        } catch {
            self.logger.debug("sessions are not read before requests", metadata: ["error": "\(error)"])
            return
        }
        await self.pools.warmUp(reading: tokens)
        await self.listening.waitUntilListening(atMost: self.limit)
        await self.sessions.preload(tokens, width: GatewayPools.sessionConnections, within: self.limit)
        self.logger.debug("sessions read before requests", metadata: ["count": "\(self.sessions.count)"])
    }
}
