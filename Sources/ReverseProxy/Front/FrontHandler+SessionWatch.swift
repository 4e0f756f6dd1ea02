import NIOCore
import Workspaces

/// The end of an exchange with the end of its session.
///
/// A request is checked once, at its head. One that lasts, such as a tunnel, a stream of events, a long download or a
/// long wait, is looked at again at each tick (250 ms) until it is over: an entry that was dropped, replaced, or has grown
/// too old is read again, and what cannot be confirmed ends. So nothing has to be registered when a request begins, and
/// one that is over before the next tick has cost a flag.
extension FrontHandler {
    /// Looks whether the session of the exchange still allows it; called at each tick.
    func checkSession(at instant: SessionInstant) {
        guard self.isSessionWatched, let entry = self.sessionMemo.last else { return }
        guard !self.isRereadingSession else { return }
        if self.hasClientSpoken {
            self.hasClientSpoken = false
            // Bytes of the client in a tunnel are activity of the person, as its requests are; those of the upstream are not.
            if !entry.hasEnded(wall: instant.wall) { entry.touch(wall: instant.wall) }
        }
        switch self.settings.sessions.finding(forWatched: entry, at: instant) {
        case .live(let current, _): self.adopt(current, insteadOf: entry)
        case .none: self.sessionEnded(.sessionRequired)
        case .unknown: self.rereadSession(entry)
        }
    }

    private var isSessionWatched: Bool {
        guard self.exchange.hasSession else { return false }
        return switch self.phase {
        case .connecting, .exchanging, .tunneling: true
        case .head, .loadingSession, .installing, .control, .lingering, .closed: false
        }
    }

    private func rereadSession(_ entry: SessionEntry) {
        self.isRereadingSession = true
        let front = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        let sessions = self.settings.sessions
        let eventLoop = self.loop.eventLoop
        // The reading may outlive the connection; it then finds nothing to end.
        Task {
            let result = await sessions.reread(entry.session.tokenHash)
            eventLoop.execute { front.value.sessionReread(result, insteadOf: entry) }
        }
    }

    private func sessionReread(_ result: SessionShard.LoadResult, insteadOf entry: SessionEntry) {
        self.isRereadingSession = false
        // Meanwhile the exchange may be over, and the next one of somebody else.
        guard self.isSessionWatched, self.sessionMemo.last === entry else { return }
        switch result {
        case .live(let current):
            self.adopt(current, insteadOf: entry)
        case .none:
            self.sessionEnded(.sessionRequired)
        case .unavailable:
            let since = self.exchange.doubtedSince ?? self.loop.now
            self.exchange.doubtedSince = since
            // No longer than any session is believed that was not read again (ruling 17).
            if self.loop.now - since > TimeAmount(self.settings.sessions.settings.freshness) {
                self.sessionEnded(.unavailable)
            }
        }
    }

    /// Goes on with what is known now; the role may have changed.
    private func adopt(_ current: SessionEntry, insteadOf entry: SessionEntry) {
        self.exchange.doubtedSince = nil
        guard current !== entry else { return }
        current.touch(wall: entry.lastSeenAt.milliseconds)
        self.sessionMemo.replace(with: current)
        if let roles = self.exchange.rule?.roles, !roles.contains(current.session.role) {
            self.sessionEnded(.roleNotAllowed)
        }
    }

    private func sessionEnded(_ error: ProxyError) {
        self.exchange.doubtedSince = nil
        if self.phase == .tunneling { self.abort() } else { self.give(up: error) }
    }
}
