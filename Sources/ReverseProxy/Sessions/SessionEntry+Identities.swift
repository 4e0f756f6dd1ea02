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
    ///   - make: Makes it; `nil` while that is not possible.
    /// - Returns: What it is told, and whether it was made now; `nil` when `make` returned it.
    func identity(
        for rule: ProxySettings.Rule,
        at wall: Int64,
        make: () -> RouteIdentity?
    ) -> (identity: RouteIdentity, isNew: Bool)? {
        self.identities.withLock { identities in
            let place = identities.firstIndex { $0.rule === rule }
            if let place, identities[place].isUsable(at: wall) { return (identities[place], false) }
            guard let identity = make() else { return nil }
            if let place { identities[place] = identity } else { identities.append(identity) }
            return (identity, true)
        }
    }

    /// Lets go of what an upstream was told; a connection that remembers it may send it again.
    func forget(_ identity: RouteIdentity) {
        self.identities.withLock { identities in identities.removeAll { $0 === identity } }
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
}
