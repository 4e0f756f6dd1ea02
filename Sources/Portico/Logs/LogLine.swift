import Foundation
import Logging
import Workspaces

/// One event of the log, ready to be written.
struct LogLine: Sendable {
    let time: Date
    let level: Logger.Level
    let label: String
    let message: String
    let metadata: [String: String]

    /// Time, level, label, message, then `key=value` in the order of the keys.
    var text: String {
        let time = self.time.formatted(Self.timeFormat)
        let pairs = self.metadata.sorted { $0.key < $1.key }
            .map { key, value in
                " \(key)=\(Self.quotedWhereNeeded(value))"
            }
        return "\(time) \(self.level) \(self.label): \(PrintableText.escaped(self.message))\(pairs.joined())"
    }

    /// One object with `time`, `level`, `label`, `message`, and the metadata under its own keys.
    var json: String {
        let fixed = [
            ("time", self.time.formatted(Self.timeFormat)), ("level", self.level.rawValue), ("label", self.label),
            ("message", self.message),
        ]
        let taken = Set(fixed.map(\.0))
        let pairs = self.metadata.sorted { $0.key < $1.key }
            .map { key, value in
                (taken.contains(key) ? "metadata.\(key)" : key, value)
            }
        let members = (fixed + pairs).map { "\(Self.quoted($0)):\(Self.quoted($1))" }
        return "{\(members.joined(separator: ","))}"
    }

    /// How times are written.
    static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// A value as text: quoted where it would not be one word.
    static func quotedWhereNeeded(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "=" }
        return isPlain && PrintableText.escaped(value) == value ? value : Self.quoted(value)
    }

    /// A string of JSON, without a character that could end the line.
    static func quoted(_ value: String) -> String {
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"" + PrintableText.escaped(escaped) + "\""
    }
}
