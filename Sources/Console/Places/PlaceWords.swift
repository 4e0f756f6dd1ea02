import Workspaces

/// What the pages about spaces and projects call things.
enum PlaceWords {
    /// Several of a kind, at the beginning of a heading.
    static func heading(_ kind: Place.Kind) -> String {
        switch kind {
        case .space: "Spaces"
        case .project: "Projects"
        }
    }

    /// What put somebody in.
    static func source(_ source: AssignmentSource) -> String {
        switch source {
        case .manual: "by hand"
        case .samlGroups: "by a group"
        case .scim: "by SCIM"
        }
    }

    /// How many people and groups.
    static func counts(_ current: PlaceAdministration.Current) -> String {
        let members = current.members == 1 ? "1 member" : "\(current.members) members"
        let groups = current.groups == 1 ? "opened by 1 group" : "opened by \(current.groups) groups"
        return "\(members), \(groups)"
    }
}
