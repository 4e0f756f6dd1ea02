/// Whether there is an access log, and how a line of it looks.
enum AccessLogFormat: String, CaseIterable, Sendable {
    /// There is none.
    case off

    /// For people: time, then `key=value`.
    case text

    /// For machines: one JSON object.
    case json
}
