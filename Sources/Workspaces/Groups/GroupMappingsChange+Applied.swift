extension GroupMappingsChange {
    /// The greatest number of entries of a list.
    package static let maximumEntries = 2_000

    /// Checks the change and makes the mappings that result.
    ///
    /// - Throws: All mistakes together, each at its entry.
    package func applied(
        to current: GroupMappings,
        catalogue: RoleCatalogue
    ) throws(ConfigurationMistakes) -> GroupMappings {
        var reading = Reading(mappings: current, catalogue: catalogue)
        if let roles { reading.read(roles) }
        if let spaces { reading.read(spaces) }
        if let projects { reading.read(projects) }
        try ConfigurationMistakes.check(reading.mistakes)
        return reading.mappings
    }

    /// Checks that the spaces and projects that come new with the change are no more than may be.
    ///
    /// - Parameters:
    ///   - spaces: The spaces that there are.
    ///   - projects: The projects that there are.
    /// - Throws: A mistake at the first entry of each list that is one too many.
    package func checkPlaces(
        beside spaces: Set<SpaceID>,
        _ projects: Set<ProjectID>
    ) throws(ConfigurationMistakes) {
        let tooMany = [
            Self.firstTooMany(self.spaces?.map { SpaceID($0.space) } ?? [], beside: spaces)
                .map { ("spaces[\($0)].space", "spaces") },
            Self.firstTooMany(self.projects?.map { ProjectID($0.project) } ?? [], beside: projects)
                .map { ("projects[\($0)].project", "projects") },
        ]
        try ConfigurationMistakes.check(
            tooMany.compactMap(\.self)
                .map { field, name in
                    let words =
                        "With this one there would be more than \(PlaceAdministration.maximum) \(name), which is as many as"
                        + " may be. Remove \(name) that nobody needs, or leave this one out."
                    return ConfigurationMistakes.Mistake(field: "mappings.\(field)", message: words)
                }
        )
    }

    /// The index of the first entry that makes a place too many; `nil` where the change makes none that is.
    private static func firstTooMany<ID: Hashable>(_ wanted: [ID?], beside current: Set<ID>) -> Int? {
        var known = current
        return wanted.firstIndex { id in
            guard let id, known.insert(id).inserted else { return false }
            return known.count > PlaceAdministration.maximum
        }
    }

    /// Entries on their way to mappings, and what was wrong with them.
    private struct Reading {
        var mappings: GroupMappings
        let catalogue: RoleCatalogue
        var mistakes: [ConfigurationMistakes.Mistake] = []

        mutating func read(_ entries: [RoleEntry]) {
            self.mappings.roles = [:]
            self.readEach(entries, of: "roles") { reading, entry, field in
                let group = reading.group(entry.group, field)
                let role = reading.role(entry.role, field)
                guard let group, let role else { return }
                if let first = reading.mappings.roles[group] {
                    reading.refuse(
                        "\(field).group",
                        "The group “\(group)” is mapped to \(first) already, and a group gives one role. Leave one of the"
                            + " two entries out."
                    )
                    return
                }
                reading.mappings.roles[group] = role
            }
        }

        mutating func read(_ entries: [SpaceEntry]) {
            self.mappings.spaces = [:]
            var titles: [SpaceID: String] = [:]
            self.readEach(entries, of: "spaces") { reading, entry, field in
                let group = reading.group(entry.group, field)
                let space = reading.identifier(SpaceID(entry.space), entry.space, "\(field).space")
                guard let group, let space else { return }
                reading.note(entry.title, of: space, in: &titles, field)
                guard reading.mappings.spaces[group, default: []].insert(space).inserted else {
                    reading.refuse("\(field).group", Self.twice(group, "the space \(space)"))
                    return
                }
            }
            self.refuseSharedTitles(titles)
            self.mappings.spaceTitles.merge(titles) { _, new in new }
        }

        mutating func read(_ entries: [ProjectEntry]) {
            self.mappings.projects = [:]
            var titles: [ProjectID: String] = [:]
            self.readEach(entries, of: "projects") { reading, entry, field in
                let group = reading.group(entry.group, field)
                let project = reading.identifier(ProjectID(entry.project), entry.project, "\(field).project")
                let role = ProjectRole(rawValue: entry.role)
                if role == nil {
                    reading.refuse("\(field).role", ProjectRole.mistake(entry.role))
                }
                guard let group, let project, let role else { return }
                reading.note(entry.title, of: project, in: &titles, field)
                guard reading.mappings.projects[group]?[project] == nil else {
                    reading.refuse("\(field).group", Self.twice(group, "the project \(project)"))
                    return
                }
                reading.mappings.projects[group, default: [:]][project] = role
            }
            self.mappings.projectTitles.merge(titles) { _, new in new }
        }

        // MARK: - Parts of an entry

        private mutating func readEach<Entry>(
            _ entries: [Entry],
            of list: String,
            _ read: (inout Reading, Entry, String) -> Void
        ) {
            guard entries.count <= GroupMappingsChange.maximumEntries else {
                self.refuse(
                    "mappings.\(list)",
                    "There are \(entries.count) entries, and at most \(GroupMappingsChange.maximumEntries) may be. Map"
                        + " fewer groups, such as the ones that contain the others."
                )
                return
            }
            for (index, entry) in entries.enumerated() { read(&self, entry, "mappings.\(list)[\(index)]") }
        }

        private mutating func group(_ text: String, _ field: String) -> GroupName? {
            let name = GroupName(text)
            if name == nil {
                self.refuse(
                    "\(field).group",
                    "It is empty, longer than \(GroupName.maximumLength) characters, has white space around it, or holds"
                        + " a control character. Give the group's name exactly as your identity provider sends it."
                )
            }
            return name
        }

        private mutating func role(_ text: String, _ field: String) -> Role? {
            let role = self.catalogue.role(named: text)
            if role == nil {
                let known = self.catalogue.roles.map(\.name).joined(separator: ", ")
                self.refuse("\(field).role", "“\(text)” is not a role that a group can give. Give one of \(known).")
            }
            return role
        }

        private mutating func identifier<ID>(_ id: ID?, _ text: String, _ field: String) -> ID? {
            if id == nil {
                self.refuse(field, OpaqueIdentifier.mistake(text))
            }
            return id
        }

        private mutating func note<ID>(_ title: String?, of id: ID, in titles: inout [ID: String], _ field: String) {
            guard let title = title.map(PlaceTitle.normalized) else { return }
            guard PlaceTitle.isAcceptable(title) else {
                self.refuse("\(field).title", PlaceTitle.mistake)
                return
            }
            guard titles[id] == nil || titles[id] == title else {
                self.refuse("\(field).title", "\(id) has another title in an entry before. Give it one title.")
                return
            }
            titles[id] = title
        }

        /// G4: a title names one space of the workspace.
        private mutating func refuseSharedTitles(_ titles: [SpaceID: String]) {
            let all = self.mappings.spaceTitles.merging(titles) { _, new in new }
            for (title, spaces) in Dictionary(grouping: all.keys, by: { all[$0] ?? "" }) where spaces.count > 1 {
                let names = spaces.map(\.value).sorted().joined(separator: " and ")
                self.refuse(
                    "mappings.spaces",
                    "\(names) would both be called “\(title)”. Give each space its own title."
                )
            }
        }

        private mutating func refuse(_ field: String, _ message: String) {
            self.mistakes.append(.init(field: field, message: message))
        }

        private static func twice(_ group: GroupName, _ target: String) -> String {
            "The group “\(group)” is mapped to \(target) already. Leave one of the two entries out."
        }
    }
}
