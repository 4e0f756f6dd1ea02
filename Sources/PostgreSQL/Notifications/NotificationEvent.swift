/// What a ``NotificationListener`` reports.
package enum NotificationEvent: Hashable, Sendable {
    /// The listener hears every channel from now on. What was sent before this moment is lost, so whatever was
    /// remembered from the database must be read anew.
    case connected
    /// The listener is deaf until the next ``connected``.
    case lost(PostgreSQLError)
    /// A message arrived.
    case notification(PostgreSQLNotification)
}
