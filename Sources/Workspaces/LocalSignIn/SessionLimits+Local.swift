extension SessionLimits {
    /// The greatest age of a session that the owner opened with a passphrase: long enough to repair single sign-on.
    package static let breakGlassMaxAge = Duration.seconds(3600)
    /// The longest time between two requests in such a session.
    package static let breakGlassMaxIdle = Duration.seconds(900)

    /// The limits of a session that a passphrase opens: the owner's is for emergencies, and short.
    package func ofPassphrase(for membership: Membership) -> SessionLimits {
        guard membership.isOwner else { return self }
        return SessionLimits(
            maxAge: min(self.maxAge, Self.breakGlassMaxAge),
            maxIdle: min(self.maxIdle, Self.breakGlassMaxIdle)
        )
    }
}
