package import Workspaces

/// What is kept of a member's newest sign-in, beside what is known of the member now.
package struct PastSignIn: Hashable, Sendable {
    /// The sign-in.
    package let seen: SeenSignIn
    /// What a sign-in of the member would be decided by now, without any mapping.
    package let facts: SignInFacts
}
