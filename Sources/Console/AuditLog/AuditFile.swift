import FoundationEssentials
import Storage
import Workspaces

/// Events of an audit log as a file, for another program, written part by part.
enum AuditFile: String {
    case csv
    case json

    /// An event as an object of the JSON file: the names that `portico audit --json` has, and what the hash is made of.
    private struct Row: Encodable {
        let time: String
        let actor: String
        let actorEmail: String?
        let action: String
        let email: String?
        let outcome: String
        let code: String?
        let detail: [String: String]

        let workspaceID: String?
        let eventID: Int
        let position: Int?
        let sealedAt: String?
        let previousHash: String?
        let hash: String?

        enum CodingKeys: String, CodingKey {
            case time
            case actor
            case actorEmail = "actor_email"
            case action
            case email
            case outcome
            case code
            case detail
            case workspaceID = "workspace_id"
            case eventID = "event_id"
            case position
            case sealedAt = "sealed_at"
            case previousHash = "previous_hash"
            case hash
        }

        init(_ entry: AuditEntry) {
            let record = entry.record
            self.time = record.time
            self.actor = record.actor
            self.actorEmail = record.actorEmail
            self.action = record.action
            self.email = record.email
            self.outcome = record.outcome
            self.code = record.code
            self.detail = record.detail
            self.workspaceID = record.workspaceID?.description
            self.eventID = record.eventID
            self.position = entry.link?.position
            self.sealedAt = entry.link?.sealedAt
            self.previousHash = entry.link == nil ? nil : entry.previous?.description
            self.hash = entry.link?.hash.description
        }

        var cells: [String] {
            let detail = self.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            return [
                self.time, self.actor, self.actorEmail ?? "", self.action, self.email ?? "", self.outcome,
                self.code ?? "", detail, self.position.map { "\($0)" } ?? "", self.hash ?? "",
                self.previousHash ?? "",
            ]
        }
    }

    private static let columns = [
        "time", "actor", "actor_email", "action", "email", "outcome", "code", "detail", "position", "hash",
        "previous_hash",
    ]

    /// The media type.
    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        }
    }

    /// The name under which a browser keeps the file.
    func name(of companyID: CompanyID) -> String {
        "audit-\(companyID.value).\(self.rawValue)"
    }

    /// What stands before the events.
    var beginning: String {
        switch self {
        case .csv: Self.line(Self.columns)
        case .json: "["
        }
    }

    /// What stands behind the events; a file that ends without it was cut off.
    var end: String {
        switch self {
        case .csv: ""
        case .json: "]\n"
        }
    }

    /// Some of the events.
    ///
    /// - Parameters:
    ///   - entries: The events.
    ///   - isContinued: Whether there are events before them in the file.
    /// - Returns: Their lines or objects.
    /// - Throws: The encoder's errors, of which text and numbers give none.
    func text(_ entries: [AuditEntry], isContinued: Bool) throws -> String {
        let rows = entries.map(Row.init)
        switch self {
        case .csv: return rows.map { Self.line($0.cells) }.joined()
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let objects = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            return (isContinued && !rows.isEmpty ? ",\n" : "") + objects.joined(separator: ",\n")
        }
    }

    private static func line(_ cells: [String]) -> String {
        cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    /// A cell of RFC 4180.
    private static func quoted(_ cell: String) -> String {
        "\"\(PrintableText.escaped(SpreadsheetText.inert(cell)).replacing("\"", with: "\"\""))\""
    }
}
