package import FoundationEssentials

/// How long a session may live (behavior S1).
package struct SessionLimits: Hashable, Sendable {
    /// The greatest age of a session.
    package let maxAge: Duration
    /// The longest time between two requests.
    package let maxIdle: Duration

    /// Takes the limits of an installation.
    package init(maxAge: Duration, maxIdle: Duration) {
        self.maxAge = maxAge
        self.maxIdle = maxIdle
    }

    /// The limits of a workspace: the least of its own and the installation's (behavior S1).
    package func overridden(by workspace: Workspace) -> SessionLimits {
        SessionLimits(
            maxAge: min(workspace.sessionMaxAge ?? self.maxAge, self.maxAge),
            maxIdle: min(workspace.sessionMaxIdle ?? self.maxIdle, self.maxIdle)
        )
    }

    /// When a session that begins now ends at the latest.
    ///
    /// - Parameters:
    ///   - authenticatedAt: The time of the sign-in at Portico.
    ///   - sessionNotOnOrAfter: The identity provider's limit (saml-core 2.7.2), when the assertion has one.
    /// - Returns: The earlier of the two limits, exclusive.
    package func expiry(authenticatedAt: Date, sessionNotOnOrAfter: Date?) -> Date {
        let ownLimit = authenticatedAt.advanced(by: self.maxAge)
        return sessionNotOnOrAfter.map { min($0, ownLimit) } ?? ownLimit
    }
}
