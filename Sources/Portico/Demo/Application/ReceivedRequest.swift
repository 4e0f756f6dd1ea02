import Foundation
import HTTPTypes

/// What the sample application received from the gateway.
struct ReceivedRequest: Sendable {
    /// A header as the page shows it.
    struct Header: Hashable, Sendable {
        let name: String
        let value: String
        /// What it means, for the headers that tell who somebody is.
        let meaning: String?
    }

    /// The request's target.
    let target: String

    /// The headers that Portico vouches for, in the order of interface section 4.
    let identity: [Header]

    /// All others, by name.
    let others: [Header]

    /// The name to greet, if the gateway sent one.
    let displayName: String?

    /// The Company ID, if the gateway sent one.
    let companyID: String?

    /// The role, if the gateway sent one.
    let role: String?

    private static let meanings: [(name: String, meaning: String)] = [
        ("X-Forwarded-User", "Stable id of the person in this workspace"),
        ("X-Forwarded-Email", "E-mail address"),
        ("X-Forwarded-Preferred-Username", "Name to show, percent-encoded"),
        ("X-Forwarded-Groups", "Groups"),
        ("X-Portico-Workspace", "Company ID of the workspace"),
        ("X-Portico-Workspace-Id", "Id of the workspace, never reused"),
        ("X-Portico-Role", "Role in the workspace"),
        ("X-Portico-Spaces", "Spaces"),
        ("X-Portico-Projects", "Projects"),
        ("X-Portico-Jwt-Assertion", "The same, signed"),
    ]

    /// Reads the headers of a request.
    init(target: String, fields: HTTPFields) {
        self.target = target
        let identity: [Header] = Self.meanings.compactMap { entry in
            guard let name = HTTPField.Name(entry.name), let value = fields[name] else { return nil }
            return Header(name: entry.name, value: value, meaning: entry.meaning)
        }
        self.identity = identity
        let names = Set(Self.meanings.map { $0.name.lowercased() })
        self.others = fields.filter { !names.contains($0.name.canonicalName) }
            .map { Header(name: $0.name.rawName, value: $0.value, meaning: nil) }
            .sorted { ($0.name.lowercased(), $0.value) < ($1.name.lowercased(), $1.value) }
        let value = { (name: String) in identity.first { $0.name == name }?.value }
        self.displayName = value("X-Forwarded-Preferred-Username").map { $0.removingPercentEncoding ?? $0 }
        self.companyID = value("X-Portico-Workspace")
        self.role = value("X-Portico-Role")
    }
}
