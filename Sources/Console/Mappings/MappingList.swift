import Workspaces

/// One of the three lists of mappings, with empty lines at its end for what comes new.
struct MappingList {
    /// One line.
    struct Line {
        let cells: [MappingCell]
        let removeID: String
        let removeName: String
        let removeValue: String
        let removeLabel: String
    }

    /// How many empty lines a list has.
    private static let spareLines = 3

    let id: String
    let title: String
    let words: String
    let lines: [Line]

    static func roles(_ lines: [MappingLines.RoleLine], catalogue: RoleCatalogue, problems: FormProblems) -> MappingList
    {
        let known = catalogue.roles.map { (value: $0.name, label: $0.name) }
        let spare = MappingLines.RoleLine(group: "", role: catalogue.roles.last?.name ?? "")
        return MappingList(
            id: "roles",
            title: "Roles",
            words: "A group gives one role of the workspace. Of several groups the highest role counts.",
            lines: (lines + Array(repeating: spare, count: Self.spareLines)).enumerated()
                .map { number, line in
                    let isGone = !known.contains { $0.value == line.role }
                    return Self.line(
                        [
                            MappingCell(
                                "group",
                                of: "roles",
                                line: number,
                                "Group",
                                value: line.group,
                                problems: problems
                            ),
                            MappingCell(
                                "role",
                                of: "roles",
                                line: number,
                                "Role",
                                value: line.role,
                                options: known + (isGone ? [(line.role, "\(line.role) (gone)")] : []),
                                problems: problems,
                                concern: isGone
                                    ? "The installation has no role \(line.role) any more, so the group gives nothing. Choose"
                                        + " another one, or remove the line." : nil
                            ),
                        ],
                        of: "roles",
                        number
                    )
                }
        )
    }

    static func spaces(_ lines: [MappingLines.SpaceLine], problems: FormProblems) -> MappingList {
        let spare = MappingLines.SpaceLine(group: "", space: "", title: "")
        return MappingList(
            id: "spaces",
            title: "Spaces",
            words: "A group may open many spaces, and a space may be opened by many groups.",
            lines: (lines + Array(repeating: spare, count: Self.spareLines)).enumerated()
                .map { number, line in
                    let cell = { (part: String, label: String, value: String) in
                        MappingCell(part, of: "spaces", line: number, label, value: value, problems: problems)
                    }
                    return Self.line(
                        [
                            cell("group", "Group", line.group), cell("space", "Space", line.space),
                            cell("title", "Title of the space", line.title),
                        ],
                        of: "spaces",
                        number
                    )
                }
        )
    }

    static func projects(_ lines: [MappingLines.ProjectLine], problems: FormProblems) -> MappingList {
        let spare = MappingLines.ProjectLine(group: "", project: "", role: ProjectRole.inherit.rawValue, title: "")
        let roles = ProjectRole.allCases.map { role in
            (value: role.rawValue, label: role.rawValue)
        }
        return MappingList(
            id: "projects",
            title: "Projects",
            words: "As spaces; in each project the highest role counts, and Inherit leaves the workspace’s.",
            lines: (lines + Array(repeating: spare, count: Self.spareLines)).enumerated()
                .map { number, line in
                    let cell = {
                        (part: String, label: String, value: String, options: [(value: String, label: String)]?) in
                        MappingCell(
                            part,
                            of: "projects",
                            line: number,
                            label,
                            value: value,
                            options: options,
                            problems: problems
                        )
                    }
                    return Self.line(
                        [
                            cell("group", "Group", line.group, nil), cell("project", "Project", line.project, nil),
                            cell("title", "Title of the project", line.title, nil),
                            cell("role", "Role in the project", line.role, roles),
                        ],
                        of: "projects",
                        number
                    )
                }
        )
    }

    private static func line(_ cells: [MappingCell], of list: String, _ number: Int) -> Line {
        Line(
            cells: cells,
            removeID: "\(list)-\(number)-remove",
            removeName: "\(list).remove",
            removeValue: "\(number)",
            removeLabel: "line \(number + 1)"
        )
    }
}
