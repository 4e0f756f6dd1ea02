import FoundationEssentials
import Storage
import Workspaces

/// Events of an audit log as a file, for another program.
struct AuditFile {
    /// How the file is written.
    enum Format: String {
        case csv
        case json

        /// The media type.
        var contentType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .json: "application/json"
            }
        }
    }

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
            ]
        }
    }

    private static let columns = [
        "time", "actor", "actor_email", "action", "email", "outcome", "code", "detail", "position", "hash",
    ]

    private let rows: [Row]
    private let companyID: CompanyID

    init(_ entries: [AuditEntry], companyID: CompanyID) {
        self.rows = entries.map(Row.init)
        self.companyID = companyID
    }

    /// The name under which a browser keeps the file.
    func name(_ format: Format) -> String {
        "audit-\(self.companyID.value).\(format.rawValue)"
    }

    /// The file.
    func bytes(_ format: Format) throws -> [UInt8] {
        switch format {
        case .csv:
            let lines = [Self.columns] + self.rows.map(\.cells)
            return Array(lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined().utf8)
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self.rows))
        }
    }

    /// A cell of RFC 4180.
    private static func quoted(_ cell: String) -> String {
        "\"\(PrintableText.escaped(SpreadsheetText.inert(cell)).replacing("\"", with: "\"\""))\""
    }
}
