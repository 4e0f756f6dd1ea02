package import FoundationEssentials

/// Bounds what anybody can have stored: sign-ins that are begun, of which each leaves a request for ten minutes whoever
/// began it, and refusals that only the operator's log has.
///
/// The limit by client address is not enough for that: whoever has an IPv6 network has 65,536 addresses that count. So
/// each network has a bucket, and the installation has one for all of them.
package struct StartLimiter: Sendable {
    private let network: AttemptLimiter
    private let installation: AttemptLimiter

    /// Makes a limiter with full buckets; the defaults keep the stored requests of ten minutes under 125,000.
    package init(
        network: AttemptLimiter.Limits = .init(capacity: 1200, refillPerSecond: 20),
        installation: AttemptLimiter.Limits = .init(capacity: 2000, refillPerSecond: 200, generationSize: 1)
    ) {
        self.network = AttemptLimiter(limits: network, scope: .network)
        self.installation = AttemptLimiter(limits: installation, scope: .installation)
    }

    /// Bounds what only the operator's log keeps, for its 400 days.
    package static func ofOperatorLog() -> StartLimiter {
        StartLimiter(
            network: .init(capacity: 60, refillPerSecond: 0.1),
            installation: .init(capacity: 600, refillPerSecond: 0.5, generationSize: 1)
        )
    }

    /// Takes the token of a start.
    ///
    /// - Parameters:
    ///   - client: Who begins.
    ///   - now: The present.
    ///   - workspace: Takes a workspace's token in between: what one network is refused must not count against the
    ///     workspace, nor what a workspace is refused against all others.
    /// - Returns: `nil` when the sign-in may begin, otherwise the time until a token is there.
    package func admit(_ client: ClientAddress, now: Date, workspace: () -> Duration? = { nil }) -> Duration? {
        self.network.admit(client, now: now) ?? workspace() ?? self.installation.admit(client, now: now)
    }
}
