/// The roles of an installation from the highest to the lowest (rulings 20); the first is the administrator.
package struct RoleCatalogue: Hashable, Sendable {
    /// What is wrong with a list of roles.
    package enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// The list names no role.
        case empty
        /// The text is not the name of a role.
        case malformed(String)
        /// The role is named more than once.
        case repeated(Role)

        package var description: String {
            switch self {
            case .empty: "Name at least one role; the first is the administrator."
            case .malformed(let text): "“\(text)” is not a role: a role is capital letters and digits, a letter first."
            case .repeated(let role): "The role \(role) is named twice."
            }
        }
    }

    /// ADMIN, SUPERVISOR, REVIEWER, LABELER: the four workspace roles of the product that Portico is modelled on.
    package static let standard = RoleCatalogue(
        uncheckedRoles: ["ADMIN", "SUPERVISOR", "REVIEWER", "LABELER"].map(Role.init(uncheckedName:)),
        admin: Role(uncheckedName: "ADMIN")
    )

    /// The roles from the highest to the lowest.
    package let roles: [Role]
    /// The highest role, which may change the workspace's settings.
    package let admin: Role

    /// Takes a list of role names, highest first.
    ///
    /// - Throws: The first ``Mistake`` of the list.
    package init(names: [String]) throws(Mistake) {
        var roles: [Role] = []
        for name in names {
            guard let role = Role(name) else { throw .malformed(name) }
            guard !roles.contains(role) else { throw .repeated(role) }
            roles.append(role)
        }
        guard let admin = roles.first else { throw .empty }
        self.init(uncheckedRoles: roles, admin: admin)
    }

    private init(uncheckedRoles roles: [Role], admin: Role) {
        self.roles = roles
        self.admin = admin
    }

    /// The role that self-registration gives when the workspace says nothing else: the lowest (behavior Q8).
    package var lowest: Role { self.roles.last ?? self.admin }

    /// Whether the installation knows the role.
    package func contains(_ role: Role) -> Bool {
        self.roles.contains(role)
    }

    /// The role of this exact name.
    ///
    /// - Returns: `nil` when the installation has no such role.
    package func role(named name: some StringProtocol) -> Role? {
        self.roles.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The most elevated of several roles (behavior Q3).
    ///
    /// - Returns: `nil` when none of them is in the catalogue.
    package func highest(of candidates: some Sequence<Role>) -> Role? {
        let candidates = Set(candidates)
        return self.roles.first(where: candidates.contains)
    }
}
