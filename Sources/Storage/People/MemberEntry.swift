package import FoundationEssentials
package import Workspaces

/// A person in the list of a workspace's people.
package struct MemberEntry: Hashable, Sendable {
    /// The name under which an identity provider knows the person.
    package struct Identity: Hashable, Sendable {
        /// The identity provider's issuer.
        package let issuer: String
        /// The NameID of the newest sign-in, if it had one.
        package let nameID: String?
        /// When the person came from there first.
        package let linkedAt: Date
    }

    /// The membership.
    package let membership: Membership
    /// When the person signed in last; `nil` for somebody who never did.
    package let lastSignInAt: Date?
    /// The identity of that sign-in.
    package let identity: Identity?
}
