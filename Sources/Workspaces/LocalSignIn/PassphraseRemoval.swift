/// Decides whether a member takes their own passphrase away, so that nobody is left without any way in (behavior A5,
/// decision 0037).
///
/// The operator takes any passphrase away, and gives a new one by a link.
package enum PassphraseRemoval {
    /// Checks.
    ///
    /// - Parameters:
    ///   - membership: Whose passphrase it is.
    ///   - others: The other members who have one.
    ///   - configured: The workspace.
    ///   - catalogue: The roles of the installation.
    /// - Throws: ``AdministrationRefusal/lastPassphrase``.
    package static func check(
        of membership: Membership,
        beside others: [Membership],
        in configured: ConfiguredWorkspace,
        catalogue: RoleCatalogue
    ) throws(AdministrationRefusal) {
        let mode = configured.workspace.localSignIn
        // A passphrase that opens nothing is no way in.
        guard configured.identityProvider?.enabled != true, mode.admits(membership) else { return }
        let administers = { (other: Membership) in
            other.isOwner || other.state == .active && other.role == catalogue.admin
        }
        guard others.contains(where: { mode.admits($0) && administers($0) }) else { throw .lastPassphrase }
    }
}
