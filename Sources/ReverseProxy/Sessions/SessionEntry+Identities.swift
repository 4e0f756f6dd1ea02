import Synchronization
import Workspaces

/// What upstreams are told of the session, one for each route that it was used on.
extension SessionEntry {
    /// What the upstream of a route is told, made anew when there is none that may still be used.
    ///
    /// Requests of the same session wait while one is made, so that it is made once.
    ///
    /// - Parameters:
    ///   - rule: The route.
    ///   - wall: The present in milliseconds since 1970.
    ///   - make: Makes the lines; `nil` while that is not possible.
    /// - Returns: `nil` when `make` returned it.
    func identity(for rule: ProxySettings.Rule, at wall: Int64, make: () -> [UInt8]?) -> RouteIdentity? {
        self.identities.withLock { identities in
            let place = identities.firstIndex { $0.rule === rule }
            if let place, identities[place].isUsable(at: wall) { return identities[place] }
            guard let lines = make() else { return nil }
            let identity = RouteIdentity(rule: rule, lines: lines, madeAt: wall)
            if let place { identities[place] = identity } else { identities.append(identity) }
            return identity
        }
    }

    /// Goes on with what the upstreams were told under an older entry, unless anything about the session changed.
    func adoptIdentities(of older: SessionEntry) {
        var session = older.session
        session.lastSeenAt = self.session.lastSeenAt
        guard session == self.session else { return }
        let identities = older.identities.withLock { $0 }
        self.identities.withLock { $0 = identities }
    }

    /// Lets go of what may not be told again, at a time in milliseconds since 1970: most sessions are idle most of the
    /// time, and this is the larger part of what one takes in memory.
    func forgetStaleIdentities(wall: Int64) {
        self.identities.withLock { identities in
            guard identities.contains(where: { !$0.isUsable(at: wall) }) else { return }
            identities = identities.filter { $0.isUsable(at: wall) }
        }
    }

    /// Takes what upstreams were told out of use.
    func discardIdentities() {
        self.identities.withLock { identities in
            for identity in identities { identity.discard() }
            identities = []
        }
    }
}
