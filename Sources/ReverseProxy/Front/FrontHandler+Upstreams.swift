import Logging
import NIOCore

/// Which upstream a request goes to, and to which next.
///
/// A request goes on to another upstream only while no byte of it was sent, that is after a connection that was not
/// opened: then no upstream can have acted on it, whatever its method. Once it was sent, it is sent again only if it reads
/// and has no body, and only where a connection that had been idle ended without a byte of an answer: the upstream was
/// closing it at that moment (RFC 9112, 9.3.1). What an upstream says over HTTP/2 that it has not looked at counts as not
/// sent (RFC 9113, 8.7), as long as nothing of the body was passed on, which is not kept.
extension FrontHandler {
    /// Where the request may go: to the upstreams of its session's workspace, where it has its own.
    @inline(__always)
    func upstreams(for rule: ProxySettings.Rule) -> UpstreamGroup {
        self.exchange.workspaceUpstreams ?? rule.upstreams
    }

    /// The pool of the upstream that is to have the request, with a seat there; `nil` when all were tried in vain or are
    /// full.
    @inline(__always)
    func choosePool(for rule: ProxySettings.Rule) -> UpstreamPool? {
        let group = self.upstreams(for: rule)
        guard group.origins.count == 1 else { return self.choosePool(among: group, for: rule) }
        guard self.exchange.triedUpstreams == 0 else { return nil }
        let pool = self.loop.pools[group.origins[0]]
        guard pool.takeSeat(limit: rule.maximumInFlight) else {
            self.exchange.hasMetFullUpstream = true
            return nil
        }
        return pool
    }

    private func choosePool(among group: UpstreamGroup, for rule: ProxySettings.Rule) -> UpstreamPool? {
        var excluded = self.exchange.triedUpstreams
        while let place = self.loop.chooseUpstream(of: group, tried: excluded, patience: rule.patience) {
            let bit: UInt64 = 1 << UInt64(place)
            let pool = self.loop.pools[group.origins[place]]
            if pool.takeSeat(limit: rule.maximumInFlight) {
                self.exchange.chosenUpstream = bit
                if self.exchange.triedUpstreams != 0 { pool.noteRetry() }
                return pool
            }
            pool.noteUndecided()
            self.exchange.hasMetFullUpstream = true
            excluded |= bit
        }
        return nil
    }

    /// Whether a connection is still wanted that was asked for.
    func isWaiting(attempt: Int) -> Bool { self.phase == .connecting && attempt == self.connectAttempt }

    /// Whether a request may be sent once more, to another upstream where there is one, after an upstream failed it.
    func mayRepeat(after failure: UpstreamFailure, isStale: Bool) -> Bool {
        guard !self.exchange.wasRepeated else { return false }
        if isStale { return self.exchange.isRepeatable }
        guard failure == .refused, !self.exchange.isBodySent, let rule = self.exchange.rule else { return false }
        let group = self.upstreams(for: rule)
        if group.origins.count > 1 { self.exchange.triedUpstreams |= self.exchange.chosenUpstream }
        return true
    }

    /// The upstream could not be connected to: the next one is tried.
    func upstreamDidNotConnect(_ error: any Error, attempt: Int) {
        guard self.isWaiting(attempt: attempt) else { return }
        let isTimeout = if case .some(.connectTimeout) = error as? ChannelError { true } else { false }
        self.settings.logger.debug(
            "Upstream did not connect",
            metadata: self.logMetadata.merging(["error": "\(error)"]) { $1 }
        )
        if isTimeout, let rule = self.exchange.rule {
            self.loop.counters.countTimeout(.connect, ofRoute: rule.index)
        }
        self.exchange.triedUpstreams |= self.exchange.chosenUpstream
        self.send(otherwise: isTimeout ? .upstreamTimeout : .upstreamUnreachable)
        self.advance()
    }
}
