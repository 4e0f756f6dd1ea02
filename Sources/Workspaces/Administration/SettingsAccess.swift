/// Who may read and change a workspace's settings (behavior T6).
package enum SettingsAccess {
    /// Whether a member may: the owner, and whoever has the administrator's role now.
    ///
    /// The owner may even when the installation's roles have changed since.
    package static func isGranted(to membership: Membership, catalogue: RoleCatalogue) -> Bool {
        guard membership.state == .active else { return false }
        return membership.isOwner || membership.role == catalogue.admin
    }
}
