import Foundation
import ReverseProxy
import Workspaces

/// One line of the access log.
struct AccessLine: Sendable {
    /// When the request ended.
    let time: Date

    /// What is told of it.
    let record: AccessRecord

    /// The time, then `key=value`.
    var text: String {
        let pairs = self.members.map { key, value in " \(key)=\(value.text)" }
        return self.time.formatted(LogLine.timeFormat) + pairs.joined()
    }

    /// One object.
    var json: String {
        let time = Value.string(self.time.formatted(LogLine.timeFormat))
        let members = ([("time", time)] + self.members).map { key, value in "\"\(key)\":\(value.json)" }
        return "{\(members.joined(separator: ","))}"
    }

    private enum Value {
        case string(String)
        case number(String)

        var text: String {
            switch self {
            case .string(let string): LogLine.quotedWhereNeeded(string)
            case .number(let number): number
            }
        }

        var json: String {
            switch self {
            case .string(let string): LogLine.quoted(string)
            case .number(let number): number
            }
        }
    }

    /// What there is, in the order of the manual.
    private var members: [(String, Value)] {
        let record = self.record
        let members: [(String, Value?)] = [
            ("client", .string(record.client)), ("method", record.method.map { .string($0) }),
            ("host", record.host.map { .string($0) }), ("path", record.path.map { .string(Self.withoutSecret($0)) }),
            ("route", record.route.map { .string($0) }), ("status", record.status.map { .number("\($0)") }),
            ("ending", .string(record.ending.rawValue)), ("bytes", .number("\(record.sentBytes)")),
            ("duration", .number(Self.seconds(record.duration))),
            ("request.id", record.requestID.map { .string($0) }),
            ("trace.id", record.traceID.map { .string($0) }),
            ("workspace", record.workspace.map { .string($0) }), ("user", record.user.map { .string($0) }),
        ]
        return members.compactMap { key, value in value.map { (key, $0) } }
    }

    /// The path without the secret of a setup link: whoever reads the log must not be able to open it.
    private static func withoutSecret(_ path: String) -> String {
        let folder = "/setup/"
        guard let range = path.firstRange(of: folder), SetupToken(String(path[range.upperBound...])) != nil else {
            return path
        }
        return path[..<range.upperBound] + "…"
    }

    /// Seconds with six digits behind the point.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let micros = String(attoseconds / 1_000_000_000_000)
        return "\(seconds).\(String(repeating: "0", count: 6 - micros.count))\(micros)"
    }
}
