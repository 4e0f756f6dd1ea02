package import FoundationEssentials

/// The sign-ins with a passphrase of some days, of which the administrators have to know (behavior A5).
package struct LocalSignInSummary: Hashable, Sendable {
    /// How many there were, at least one.
    package let count: Int
    /// When the newest one was.
    package let lastAt: Date
    /// Whose it was.
    package let lastEmail: String
    /// Where the browser was.
    package let lastAddress: String
}
