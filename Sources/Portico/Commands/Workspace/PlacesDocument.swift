import Workspaces

/// The spaces and projects of a workspace and who is in them by hand, as `workspace show` writes them: the keys of
/// `workspace apply`.
struct PlacesDocument {
    /// A space.
    struct Space: Encodable {
        let space: String
        let title: String?
        let members: [String]
    }

    /// A project.
    struct Project: Encodable {
        let project: String
        let title: String?
        let members: [String: String]
    }

    let spaces: [Space]
    let projects: [Project]

    init(spaces: [Space], projects: [Project]) {
        self.spaces = spaces
        self.projects = projects
    }

    init(_ places: [Place: PlacesChange.Current]) {
        let sorted = places.sorted { $0.key.id.utf8.lexicographicallyPrecedes($1.key.id.utf8) }
        self.init(
            spaces: sorted.filter { $0.key.kind == .space }
                .map { place, current in
                    Space(space: place.id, title: current.title, members: current.members.keys.map(\.value).sorted())
                },
            projects: sorted.filter { $0.key.kind == .project }
                .map { place, current in
                    let members = current.members.map { ($0.key.value, $0.value.rawValue) }
                    return Project(
                        project: place.id,
                        title: current.title,
                        members: Dictionary(uniqueKeysWithValues: members)
                    )
                }
        )
    }

    /// The places for people.
    var fields: [(name: String, value: String)] {
        let count = { (number: Int) in number == 1 ? "1 member by hand" : "\(number) members by hand" }
        return self.spaces.map {
            ("space \($0.space)", "\($0.title.map { "“\($0)”, " } ?? "")\(count($0.members.count))")
        }
            + self.projects.map {
                ("project \($0.project)", "\($0.title.map { "“\($0)”, " } ?? "")\(count($0.members.count))")
            }
    }
}
