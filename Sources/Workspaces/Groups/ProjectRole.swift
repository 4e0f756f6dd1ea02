/// What a person is in one project (behavior G1); the order is that of precedence, highest first.
package enum ProjectRole: String, Hashable, Sendable, CaseIterable {
    /// Reviews the work of others.
    case reviewer = "REVIEWER"
    /// Does the work.
    case labeler = "LABELER"
    /// No role of its own: the workspace's role holds in the project too.
    case inherit = "Inherit"

    /// The role as upstreams get it; `nil` where the workspace's role holds.
    package var role: Role? {
        switch self {
        case .reviewer, .labeler: Role(uncheckedName: self.rawValue)
        case .inherit: nil
        }
    }

    /// What to say of a name that is none.
    static func mistake(_ name: String) -> String {
        "“\(name)” is not a role in a project. Give LABELER, REVIEWER or Inherit."
    }

    /// The highest of several roles: one of the project's own comes before ``inherit`` (behavior G5).
    ///
    /// - Returns: `nil` when there is none.
    static func highest(of roles: some Sequence<ProjectRole>) -> ProjectRole? {
        let roles = Set(roles)
        return Self.allCases.first(where: roles.contains)
    }
}
