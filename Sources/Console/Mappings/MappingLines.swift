import GatewayHTTP
import Workspaces

/// The lines of the form of mappings as they were typed, without those that are empty or were marked for removal.
struct MappingLines {
    /// A group that gives a role.
    struct RoleLine {
        let group: String
        let role: String
    }

    /// A group that opens a space.
    struct SpaceLine {
        let group: String
        let space: String
        let title: String
    }

    /// A group that opens a project.
    struct ProjectLine {
        let group: String
        let project: String
        let role: String
        let title: String
    }

    let roles: [RoleLine]
    let spaces: [SpaceLine]
    let projects: [ProjectLine]

    /// How many lines there are in all.
    var count: Int { self.roles.count + self.spaces.count + self.projects.count }

    /// What is saved, in a fixed order; a title stands in the first line of its space or project.
    init(_ mappings: GroupMappings) {
        let byGroup = { (first: GroupName, second: GroupName) in
            first.value.utf8.lexicographicallyPrecedes(second.value.utf8)
        }
        self.roles = mappings.roles.sorted { byGroup($0.key, $1.key) }
            .map { RoleLine(group: $0.key.value, role: $0.value.name) }
        var named: Set<SpaceID> = []
        self.spaces = mappings.spaces.sorted { byGroup($0.key, $1.key) }
            .flatMap { group, spaces in
                spaces.sorted { $0.value < $1.value }
                    .map { space in
                        let isFirst = named.insert(space).inserted
                        let title = isFirst ? mappings.spaceTitles[space] ?? "" : ""
                        return SpaceLine(group: group.value, space: space.value, title: title)
                    }
            }
        var namedProjects: Set<ProjectID> = []
        self.projects = mappings.projects.sorted { byGroup($0.key, $1.key) }
            .flatMap { group, projects in
                projects.sorted { $0.key.value < $1.key.value }
                    .map { project, role in
                        let isFirst = namedProjects.insert(project).inserted
                        let title = isFirst ? mappings.projectTitles[project] ?? "" : ""
                        return ProjectLine(
                            group: group.value,
                            project: project.value,
                            role: role.rawValue,
                            title: title
                        )
                    }
            }
    }

    /// Reads a form, in which the fields of a list come as often as it has lines.
    ///
    /// - Throws: `form_invalid` for lists of different lengths, which no page of ours sends.
    init(_ form: Form) throws(RequestRefusal) {
        let roles = try Self.columns(["group", "role"], of: "roles", form)
        self.roles = roles.filter { !$0[0].isEmpty }.map { RoleLine(group: $0[0], role: $0[1]) }
        let spaces = try Self.columns(["group", "space", "title"], of: "spaces", form)
        self.spaces = spaces.filter { !$0.allSatisfy(\.isEmpty) }
            .map { SpaceLine(group: $0[0], space: $0[1], title: $0[2]) }
        let projects = try Self.columns(["group", "project", "title", "role"], of: "projects", form)
        self.projects = projects.filter { !$0.prefix(3).allSatisfy(\.isEmpty) }
            .map { ProjectLine(group: $0[0], project: $0[1], role: $0[3], title: $0[2]) }
    }

    private static func columns(
        _ names: [String],
        of list: String,
        _ form: Form
    ) throws(RequestRefusal) -> [[String]] {
        let columns = names.map { name in form.values(list + "." + name) }
        let length = columns.first?.count ?? 0
        guard columns.allSatisfy({ $0.count == length }) else { throw .formInvalid }
        let removed = Set(form.values(list + ".remove"))
        return (0..<length).filter { !removed.contains("\($0)") }
            .map { line in columns.map { Self.trimmed($0[line]) } }
    }

    /// A name that was pasted, without the white space that came along with it.
    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// What saving the lines would change.
    var change: GroupMappingsChange {
        GroupMappingsChange(
            roles: self.roles.map { .init(group: $0.group, role: $0.role) },
            spaces: self.spaces.map { line in
                .init(group: line.group, space: line.space, title: line.title.isEmpty ? nil : line.title)
            },
            projects: self.projects.map { line in
                .init(
                    group: line.group,
                    project: line.project,
                    role: line.role,
                    title: line.title.isEmpty ? nil : line.title
                )
            }
        )
    }
}
