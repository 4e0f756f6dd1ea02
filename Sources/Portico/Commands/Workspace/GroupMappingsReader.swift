import Workspaces

/// Reads the key `mappings` of an entry of `workspaces`: what groups give.
struct GroupMappingsReader {
    private var mapping: YAMLMapping

    /// Reads `mapping`.
    init(_ mapping: YAMLMapping) {
        self.mapping = mapping
    }

    /// The lists of the file; one that it does not have stays as it is.
    ///
    /// Every mistake in the form is reported; what the entries say is for the domain to judge.
    consuming func read(mistakes: inout [SettingMistake]) -> GroupMappingsChange {
        var change = GroupMappingsChange()
        change.roles = self.mapping.mappings("roles", mistakes: &mistakes)?
            .compactMap { entry in
                Self.read(entry, ["group", "role"], mistakes: &mistakes)
                    .map { GroupMappingsChange.RoleEntry(group: $0["group"] ?? "", role: $0["role"] ?? "") }
            }
        change.spaces = self.mapping.mappings("spaces", mistakes: &mistakes)?
            .compactMap { entry in
                Self.read(entry, ["group", "space"], optional: ["title"], mistakes: &mistakes)
                    .map {
                        GroupMappingsChange.SpaceEntry(
                            group: $0["group"] ?? "",
                            space: $0["space"] ?? "",
                            title: $0["title"]
                        )
                    }
            }
        change.projects = self.mapping.mappings("projects", mistakes: &mistakes)?
            .compactMap { entry in
                Self.read(entry, ["group", "project"], optional: ["role", "title"], mistakes: &mistakes)
                    .map {
                        GroupMappingsChange.ProjectEntry(
                            group: $0["group"] ?? "",
                            project: $0["project"] ?? "",
                            role: $0["role"] ?? ProjectRole.inherit.rawValue,
                            title: $0["title"]
                        )
                    }
            }
        mistakes += self.mapping.unknownKeys()
        return change
    }

    /// The texts of one entry; nil where one that is required is missing.
    private static func read(
        _ mapping: YAMLMapping,
        _ required: [String],
        optional: [String] = [],
        mistakes: inout [SettingMistake]
    ) -> [String: String]? {
        var entry = mapping
        var texts: [String: String] = [:]
        for key in required + optional { texts[key] = entry.text(key, mistakes: &mistakes) }
        mistakes += entry.unknownKeys()
        let missing = required.filter { texts[$0] == nil }
        mistakes += missing.map { entry.mistake($0, SettingProblem("is missing", "write it beside the others")) }
        return missing.isEmpty ? texts : nil
    }
}
