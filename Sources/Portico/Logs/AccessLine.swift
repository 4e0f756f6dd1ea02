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

    /// The path without the secret of a setup link, an invitation or a link for a passphrase: whoever reads the log must not be able to open it.
    ///
    /// It is cut however the link was damaged or spelled, since a path that is not found, or found in spite of it, may
    /// hold all of a secret that still opens.
    private static func withoutSecret(_ path: String) -> String {
        var text = path.removingPercentEncoding ?? path
        while let double = text.firstRange(of: "//") { text.replaceSubrange(double, with: "/") }
        let lowercased = text.lowercased()
        let ranges = ["/setup/", "/invitation/", "/passphrase/"].compactMap { lowercased.firstRange(of: $0) }
        guard let range = ranges.min(by: { $0.upperBound < $1.upperBound }),
            Self.longestRun(in: text[range.upperBound...]) >= Self.secretLength
        else { return path }
        return text[..<range.upperBound] + "…"
    }

    /// As many characters of base64url as can be guessed no more when the others are known.
    private static let secretLength = 22

    private static func longestRun(in text: Substring) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                run += 1
            case _: run = 0
            }
            longest = max(longest, run)
        }
        return longest
    }

    /// Seconds with six digits behind the point.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let micros = String(attoseconds / 1_000_000_000_000)
        return "\(seconds).\(String(repeating: "0", count: 6 - micros.count))\(micros)"
    }
}
