import NIOCore
import Workspaces

/// The session of a request.
extension FrontHandler {
    /// Who makes a request.
    enum RequestSession {
        /// The session, which is valid now, at a time in milliseconds since 1970.
        case entry(SessionEntry, at: Int64)
        /// The session must be read from storage.
        case load(SessionTokenHash)
        /// Sessions cannot be read.
        case unavailable
        /// There is none, and the rule does not ask for one.
        case notNeeded
        /// There is none, and the rule asks for one.
        case required
    }

    /// Finds the session, as the rule asks.
    @inline(__always)
    func session(_ facts: RequestFacts, _ rule: ProxySettings.Rule) -> RequestSession {
        guard rule.route.authentication != .none else { return .notNeeded }
        let none: RequestSession =
            rule.route.authentication == .required || rule.roles != nil ? .required : .notNeeded
        guard let cookie = facts.sessionCookie else { return none }
        if let loaded = self.loadedSession {
            switch loaded {
            case .live(let entry):
                self.sessionMemo.remember(cookie, entry)
                return .entry(entry, at: self.settings.sessions.clock.wall().milliseconds)
            case .none: return none
            case .unavailable: return .unavailable
            }
        }
        if let entry = self.sessionMemo.entry(for: cookie), entry.isCurrent {
            return self.outcome(
                self.settings.sessions.finding(for: entry, uptime: self.headReadAt),
                entry.session.tokenHash,
                none
            )
        }
        guard let hash = SessionToken(cookieValue: cookie.bindMemory(to: UInt8.self).span)?.hash else { return none }
        let finding = self.settings.sessions.find(hash, uptime: self.headReadAt)
        if case .live(let entry, _) = finding { self.sessionMemo.remember(cookie, entry) }
        return self.outcome(finding, hash, none)
    }

    @inline(__always)
    private func outcome(
        _ finding: SessionDirectory.Finding,
        _ hash: SessionTokenHash,
        _ none: RequestSession
    ) -> RequestSession {
        switch finding {
        case .live(let entry, let wall): .entry(entry, at: wall)
        case .none: none
        case .unknown: .load(hash)
        }
    }

    /// The identity headers of a session for a rule, with the token; `nil` while there is no key to sign with.
    ///
    /// The session is the one that ``session(_:_:)`` found and therefore remembers.
    @inline(__always)
    func identityLines(of entry: SessionEntry, for rule: ProxySettings.Rule, at wall: Int64) -> [UInt8]? {
        if let known = self.sessionMemo.identity(for: rule, at: wall) { return known.lines }
        guard let identity = self.settings.sessions.identity(of: entry, for: rule, at: wall) else { return nil }
        self.sessionMemo.remember(identity)
        return identity.lines
    }

    /// Has a session read while the request waits, then decides on the request again.
    func loadSession(_ hash: SessionTokenHash) {
        let front = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        let sessions = self.settings.sessions
        let eventLoop = self.loop.eventLoop
        // The reading may outlive the connection; it then finds nobody waiting.
        Task {
            let result = await sessions.load(hash)
            eventLoop.execute { front.value.sessionLoaded(result) }
        }
    }

    private func sessionLoaded(_ result: SessionShard.LoadResult) {
        guard self.phase == .loadingSession else { return }
        self.loadedSession = result
        self.phase = .head
        self.advance()
    }
}
