/// How a line of the log looks.
enum LogFormat: String, CaseIterable, Sendable {
    /// For people: time, level, label, message, then `key=value`.
    case text

    /// For machines: one JSON object.
    case json
}
