package import Workspaces

/// A part of the list of a workspace's living sessions.
package struct SessionPage: Hashable, Sendable {
    /// Where a part of the list ends.
    package struct Position: Hashable, Sendable {
        /// When the last session of the part began, in whole microseconds since 1970.
        package let microseconds: Int
        /// That session.
        package let session: SessionID

        /// Names a place in the list.
        package init(microseconds: Int, session: SessionID) {
            self.microseconds = microseconds
            self.session = session
        }
    }

    /// The sessions, newest first.
    package let entries: [ListedSession]
    /// Where the list goes on; `nil` at its end.
    package let next: Position?
}
