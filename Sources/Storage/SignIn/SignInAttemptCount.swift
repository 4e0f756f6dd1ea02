package import Workspaces

/// How many attempts of one kind a workspace keeps.
package struct SignInAttemptCount: Hashable, Sendable {
    /// Why they were refused; nil for those that succeeded.
    package let code: RefusalCode?
    /// How many there are.
    package let count: Int
}
