import Workspaces

/// Reads the keys `spaces` and `projects` of an entry of `workspaces`: what there is, and who is in it by hand.
enum PlacesReader {
    /// The lists of the file; nil where it has neither.
    ///
    /// Every mistake in the form is reported; what the entries say is for the domain to judge.
    static func read(_ entry: inout YAMLMapping, mistakes: inout [SettingMistake]) -> PlacesChange? {
        let spaces = entry.mappings("spaces", mistakes: &mistakes)?
            .compactMap { Self.entry(.space, $0, mistakes: &mistakes) }
        let projects = entry.mappings("projects", mistakes: &mistakes)?
            .compactMap { Self.entry(.project, $0, mistakes: &mistakes) }
        guard spaces != nil || projects != nil else { return nil }
        return PlacesChange(entries: (spaces ?? []) + (projects ?? []))
    }

    private static func entry(
        _ kind: Place.Kind,
        _ mapping: YAMLMapping,
        mistakes: inout [SettingMistake]
    ) -> PlacesChange.Entry? {
        var entry = mapping
        let id = entry.text(kind.rawValue, mistakes: &mistakes)
        let title = entry.text("title", mistakes: &mistakes)
        let members =
            switch kind {
            case .space: Self.people(&entry, mistakes: &mistakes)
            case .project: Self.roles(&entry, mistakes: &mistakes)
            }
        mistakes += entry.unknownKeys()
        guard let id else {
            mistakes.append(
                entry.mistake(kind.rawValue, SettingProblem("is missing", "write the identifier beside the others"))
            )
            return nil
        }
        return PlacesChange.Entry(kind: kind, id: id, title: title, members: members)
    }

    /// The addresses of a space's members, which has no roles.
    private static func people(_ entry: inout YAMLMapping, mistakes: inout [SettingMistake]) -> [String: String]? {
        entry.texts("members", mistakes: &mistakes)
            .map { Dictionary($0.filter { !$0.isEmpty }.map { ($0, ProjectRole.inherit.rawValue) }) { $1 } }
    }

    /// The addresses of a project's members, each with what the person is in it.
    private static func roles(_ entry: inout YAMLMapping, mistakes: inout [SettingMistake]) -> [String: String]? {
        guard var members = entry.mapping("members", mistakes: &mistakes) else { return nil }
        var roles: [String: String] = [:]
        for address in members.names {
            roles[address] = members.text(address, mistakes: &mistakes) ?? ProjectRole.inherit.rawValue
        }
        return roles
    }
}
