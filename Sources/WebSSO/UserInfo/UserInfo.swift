import FoundationEssentials
import Workspaces

/// What an application learns of a session: the JSON of `GET /.portico/userinfo` (interface 3, rulings 14).
struct UserInfo: Encodable {
    /// A project, with the role there; null where the workspace's role holds there too.
    private struct Project: Encodable {
        let id: String
        let role: String?

        enum CodingKeys: CodingKey {
            case id
            case role
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.id, forKey: .id)
            try container.encode(self.role, forKey: .role)
        }
    }

    private let user: String
    private let email: String
    private let displayName: String
    private let workspace: String
    private let role: String
    private let spaces: [String]
    private let projects: [Project]
    private let expiresAt: Date

    private enum CodingKeys: String, CodingKey {
        case user
        case email
        case displayName = "display_name"
        case workspace
        case role
        case spaces
        case projects
        case expiresAt = "expires_at"
    }

    init(_ session: Session) {
        self.user = session.subject.description
        self.email = session.email.value
        self.displayName = session.displayName
        self.workspace = session.companyID.value
        self.role = session.role.name
        self.spaces = session.spaces
        self.projects = session.projects.map { Project(id: $0.id, role: $0.role?.name) }
        self.expiresAt = session.expiresAt
    }

    /// The document.
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        guard let data = try? encoder.encode(self) else { preconditionFailure("Strings and a date are always JSON.") }
        return Array(data)
    }
}
