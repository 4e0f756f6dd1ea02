package import Workspaces

/// Which attempts somebody wants to see.
package enum SignInAttemptFilter: Hashable, Sendable {
    /// All of them.
    case everything
    /// Those that succeeded.
    case accepted
    /// Those that were refused.
    case refused
    /// Those that were refused for one reason.
    case refusedBy(RefusalCode)
}
