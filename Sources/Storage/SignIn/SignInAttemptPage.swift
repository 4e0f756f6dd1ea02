/// A part of a workspace's attempts, newest first.
package struct SignInAttemptPage: Hashable, Sendable {
    /// Where a part begins.
    package enum Position: Hashable, Sendable {
        /// With the newest.
        case newest
        /// With the newest that is older than this one.
        case before(Int)
        /// So that it ends with the oldest that is newer than this one.
        case after(Int)
    }

    /// The attempts.
    package let attempts: [SignInAttempt]
    /// Where older ones go on; `nil` where there are none.
    package let older: Position?
    /// Where newer ones go on; `nil` where there are none.
    package let newer: Position?
}
