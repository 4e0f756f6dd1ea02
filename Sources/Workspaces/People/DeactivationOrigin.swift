/// Who deactivated a member, which decides whether the identity provider may undo it (behavior Q12).
package enum DeactivationOrigin: String, Hashable, Sendable, CaseIterable {
    /// A sign-in without a mapped group; a later sign-in with a match reactivates.
    case idpSync = "idp_sync"
    /// An administrator or the operator; only they reactivate.
    case admin
    /// The identity provider's SCIM client; only it or an administrator reactivates.
    case scim
}
