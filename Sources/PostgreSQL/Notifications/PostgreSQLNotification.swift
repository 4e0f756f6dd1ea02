/// One message of NOTIFY.
package struct PostgreSQLNotification: Hashable, Sendable {
    /// The channel that it was sent on.
    package let channel: String
    /// Its text, possibly empty.
    package let payload: String
}
