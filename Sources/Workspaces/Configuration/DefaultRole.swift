/// What a person gets who registers without the identity provider naming a role (behavior M3).
package enum DefaultRole: Hashable, Sendable, CustomStringConvertible {
    /// This role, which is never the administrator's.
    case role(Role)
    /// No role: the person is registered and waits for an administrator.
    case notActivated

    /// Takes the text of a setting or a column: a role of the catalogue other than the administrator's, or
    /// `NOT_ACTIVATED`.
    ///
    /// - Returns: `nil` for every other text.
    package init?(_ text: String, in catalogue: RoleCatalogue) {
        if text == Self.notActivated.description {
            self = .notActivated
        } else if let role = catalogue.role(named: text), role != catalogue.admin {
            self = .role(role)
        } else {
            return nil
        }
    }

    /// The role that is really given under a catalogue.
    ///
    /// A catalogue may change after the setting was saved; a role that it no longer has, or that has become the
    /// administrator's, gives nothing.
    ///
    /// - Returns: `nil` when the person has to wait for an administrator.
    package func grantedRole(in catalogue: RoleCatalogue) -> Role? {
        switch self {
        case .role(let role): catalogue.contains(role) && role != catalogue.admin ? role : nil
        case .notActivated: nil
        }
    }

    /// The text of the setting.
    package var description: String {
        switch self {
        case .role(let role): role.name
        case .notActivated: "NOT_ACTIVATED"
        }
    }
}
