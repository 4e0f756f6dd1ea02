extension GroupMappings {
    /// The mappings that are taken away and added, under the names of `workspace apply`.
    package func differences(to new: GroupMappings) -> [SettingDifference] {
        [
            Self.difference("mappings.roles", from: self.roleLines, to: new.roleLines),
            Self.difference("mappings.spaces", from: self.spaceLines, to: new.spaceLines),
            Self.difference("mappings.projects", from: self.projectLines, to: new.projectLines),
        ]
        .compactMap { $0 }
    }

    private static func difference(_ field: String, from old: Set<String>, to new: Set<String>) -> SettingDifference? {
        let text = { (lines: Set<String>) in lines.isEmpty ? nil : lines.sorted().joined(separator: ",") }
        return SettingDifference(field, from: text(old.subtracting(new)), to: text(new.subtracting(old)))
    }

    private var roleLines: Set<String> { Set(self.roles.map { "\($0.key)=\($0.value)" }) }

    private var spaceLines: Set<String> {
        Set(self.spaces.flatMap { group, spaces in spaces.map { "\(group)=\($0)" } })
            .union(self.spaceTitles.map { "\($0.key) is “\($0.value)”" })
    }

    private var projectLines: Set<String> {
        Set(self.projects.flatMap { group, projects in projects.map { "\(group)=\($0.key):\($0.value.rawValue)" } })
            .union(self.projectTitles.map { "\($0.key) is “\($0.value)”" })
    }
}
