import Workspaces

/// Writes who a session belongs to as header lines for the upstream (interface.md section 4, ruling 13).
///
/// Values hold visible ASCII only: whatever a name contains, it can end neither its line nor its list.
package enum IdentityHeaders: Sendable, Hashable {
    /// `X-Forwarded-User`, `-Email`, `-Preferred-Username` and `-Groups`.
    case forwarded
    /// `Remote-User`, `-Email`, `-Name` and `-Groups`.
    case remote

    /// The lines for a session, each with its line end.
    func lines(for session: Session) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(512)
        func add(_ name: String, _ value: [UInt8]) {
            lines.append(contentsOf: name.utf8)
            lines.append(contentsOf: ": ".utf8)
            lines.append(contentsOf: value)
            lines.append(contentsOf: "\r\n".utf8)
        }
        let groups = Self.list(session.groups)
        switch self {
        case .forwarded:
            add("X-Forwarded-User", Self.visible(session.subject.description))
            add("X-Forwarded-Email", Self.visible(session.email.value))
            add("X-Forwarded-Preferred-Username", Self.visible(session.displayName))
            add("X-Forwarded-Groups", groups)
        case .remote:
            add("Remote-User", Self.visible(session.subject.description))
            add("Remote-Email", Self.visible(session.email.value))
            add("Remote-Name", Self.visible(session.displayName))
            add("Remote-Groups", groups)
        }
        add("X-Portico-Workspace", Self.visible(session.companyID.value))
        add("X-Portico-Workspace-Id", Self.visible(session.workspaceID.description))
        add("X-Portico-Role", Self.visible(session.role.name))
        add("X-Portico-Spaces", Self.list(session.spaces))
        add("X-Portico-Projects", Self.projects(session.projects))
        return lines
    }

    /// The line of an identity token, with its line end.
    static func tokenLine(_ token: [UInt8]) -> [UInt8] {
        Array("X-Portico-Jwt-Assertion: ".utf8) + token + Array("\r\n".utf8)
    }

    /// The lines by which proxies that ask at `/.portico/auth` know a person (ruling 14), each with its line end.
    static func authenticationLines(for session: Session) -> [UInt8] {
        let values = [
            ("User", Self.visible(session.subject.description)), ("Email", Self.visible(session.email.value)),
            ("Preferred-Username", Self.visible(session.displayName)), ("Groups", Self.list(session.groups)),
        ]
        return values.flatMap { name, value in Array("X-Auth-Request-\(name): ".utf8) + value + Array("\r\n".utf8) }
    }

    /// Values joined by commas; a comma within one is percent-encoded.
    static func list(_ values: [String]) -> [UInt8] {
        Array(values.map { Self.encode($0, alsoEncoding: [UInt8(ascii: ",")]) }.joined(separator: [UInt8(ascii: ",")]))
    }

    /// Project ids joined by commas, each with `:ROLE` when it has a role of its own; commas and colons within an id
    /// are percent-encoded.
    static func projects(_ projects: [ProjectAssignment]) -> [UInt8] {
        let items = projects.map { project in
            Self.encode(project.id, alsoEncoding: [UInt8(ascii: ","), UInt8(ascii: ":")])
                + (project.role.map { Array(":\($0.name)".utf8) } ?? [])
        }
        return Array(items.joined(separator: [UInt8(ascii: ",")]))
    }

    /// A value percent-encoded outside visible ASCII; the percent sign too, so that decoding gives the value back.
    static func visible(_ value: String) -> [UInt8] {
        Self.encode(value, alsoEncoding: [])
    }

    private static func encode(_ value: String, alsoEncoding reserved: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count)
        for byte in value.utf8 {
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "%"), !reserved.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: PercentEncoding.escape(byte))
            }
        }
        return bytes
    }
}
