/// Which state of the mappings somebody looked at, so that two who change them at once do not undo each other's work
/// unseen.
package struct GroupMappingsVersion: Hashable, Sendable, CustomStringConvertible {
    /// The digest in hexadecimal digits.
    package let description: String

    /// The version of the mappings as they are.
    package init(of mappings: GroupMappings) {
        var values: [(field: String, value: String)] = []
        for (group, role) in Self.sorted(mappings.roles) {
            values += [("role.group", group.value), ("role", "\(role)")]
        }
        for (group, spaces) in Self.sorted(mappings.spaces) {
            values.append(("spaces.group", group.value))
            values += spaces.map { "\($0)" }.sorted(by: Self.precedes).map { ("space", $0) }
        }
        for (group, projects) in Self.sorted(mappings.projects) {
            values.append(("projects.group", group.value))
            for (project, role) in Self.sorted(projects) {
                values += [("project", "\(project)"), ("project.role", role.rawValue)]
            }
        }
        for (space, title) in Self.sorted(mappings.spaceTitles) {
            values += [("title.space", "\(space)"), ("title", title)]
        }
        for (project, title) in Self.sorted(mappings.projectTitles) {
            values += [("title.project", "\(project)"), ("title", title)]
        }
        self.description = SettingsDigest.text(of: values)
    }

    private static func sorted<Key: CustomStringConvertible, Value>(_ entries: [Key: Value]) -> [(Key, Value)] {
        entries.map { ($0.key, $0.value) }.sorted { Self.precedes($0.0.description, $1.0.description) }
    }

    /// The order of bytes, in which texts differ that look the same.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Whether a form that carries this text was made of this version.
    package func isNamed(by text: String) -> Bool {
        self.description.utf8.elementsEqual(text.utf8)
    }
}
