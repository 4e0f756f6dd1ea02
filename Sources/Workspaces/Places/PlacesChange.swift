/// The spaces and projects that somebody wants a workspace to have, of a list; those that are not named stay as they are
/// (rulings 18).
package struct PlacesChange: Hashable, Sendable {
    /// One space or project.
    package struct Entry: Hashable, Sendable {
        /// Which of the two.
        package let kind: Place.Kind
        /// The upstream's identifier.
        package let id: String
        /// The name for human eyes; `nil` where nothing is said of it.
        package let title: String?
        /// Who is in it by hand, and as what; `nil` where nothing is said of it.
        package let members: [String: String]?

        /// Makes an entry.
        package init(kind: Place.Kind, id: String, title: String?, members: [String: String]?) {
            self.kind = kind
            self.id = id
            self.title = title
            self.members = members
        }
    }

    /// What a place is before the change.
    package struct Current: Hashable, Sendable {
        /// Its name for human eyes.
        package let title: String?
        /// Who is in it by hand, and as what.
        package let members: [Email: ProjectRole]

        /// Puts the facts together.
        package init(title: String?, members: [Email: ProjectRole]) {
            self.title = title
            self.members = members
        }
    }

    /// The entries in their order.
    package let entries: [Entry]

    /// Makes a change.
    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// Works out what has to be done, in this order.
    ///
    /// - Parameter current: The places that there are.
    /// - Returns: Nothing where everything is as it is wanted.
    /// - Throws: All mistakes together, each at its entry.
    package func steps(from current: [Place: Current]) throws(ConfigurationMistakes) -> [PlaceStep] {
        let titled = self.spaces(after: current)
        let freed = self.spacesToFree(current)
        var steps = freed.map { PlaceStep.retitle($0, from: current[$0]?.title ?? "", to: "") }
        var mistakes: [ConfigurationMistakes.Mistake] = []
        var seen: Set<Place> = []
        var numbers: [Place.Kind: Int] = [:]
        for entry in self.entries {
            let number = numbers[entry.kind, default: 0]
            numbers[entry.kind] = number + 1
            let field = "\(entry.kind.rawValue)s[\(number)]"
            guard let place = Place(entry.kind, entry.id) else {
                mistakes.append(
                    .init(field: "\(field).\(entry.kind.rawValue)", message: OpaqueIdentifier.mistake(entry.id))
                )
                continue
            }
            guard seen.insert(place).inserted else {
                let words = "\(place.id) has an entry already. Leave one of the two out."
                mistakes.append(.init(field: "\(field).\(entry.kind.rawValue)", message: words))
                continue
            }
            let known = current[place]
            let titleBefore = freed.contains(place) ? "" : known?.title ?? ""
            let title = entry.title.map(PlaceTitle.normalized)
            if let title, let words = Self.mistake(title, of: place, titled) {
                mistakes.append(.init(field: "\(field).title", message: words))
            }
            if known == nil {
                steps.append(.create(place, title: title ?? ""))
            } else if let title, title != titleBefore {
                steps.append(.retitle(place, from: titleBefore, to: title))
            }
            guard let members = entry.members else { continue }
            let wanted = Self.read(members, "\(field).members", &mistakes)
            steps += Self.steps(to: wanted, from: known?.members ?? [:], in: place)
        }
        try ConfigurationMistakes.check(mistakes)
        return steps
    }

    private static func mistake(_ title: String, of place: Place, _ titled: [String: [Place]]) -> String? {
        guard !title.isEmpty else { return nil }
        guard PlaceTitle.isAcceptable(title) else { return PlaceTitle.mistake }
        guard place.kind == .space else { return nil }
        return titled[title]?.first { $0 != place }.map { PlaceTitle.mistake(title, isOf: $0.id) }
    }

    /// The spaces that have a title in the end, by title.
    private func spaces(after current: [Place: Current]) -> [String: [Place]] {
        var titles = current.filter { $0.key.kind == .space }.mapValues { $0.title ?? "" }
        for entry in self.entries where entry.kind == .space {
            guard let place = Place(.space, entry.id), let title = entry.title else { continue }
            titles[place] = PlaceTitle.normalized(title)
        }
        return Dictionary(grouping: titles.keys) { titles[$0] ?? "" }
    }

    /// The spaces that give up a title which another space is to have: two can exchange theirs, since no two may have one at
    /// any time.
    private func spacesToFree(_ current: [Place: Current]) -> [Place] {
        let retitled = self.entries.compactMap { entry -> (Place, String)? in
            guard entry.kind == .space, let place = Place(.space, entry.id), let title = entry.title else { return nil }
            let wanted = PlaceTitle.normalized(title)
            return wanted == current[place]?.title ?? "" ? nil : (place, wanted)
        }
        let wanted = Set(retitled.map { $0.1 })
        return retitled.map { $0.0 }.filter { current[$0]?.title.map(wanted.contains) == true }
    }

    private static func steps(
        to wanted: [Email: ProjectRole],
        from current: [Email: ProjectRole],
        in place: Place
    ) -> [PlaceStep] {
        let byAddress = { (first: Email, second: Email) in first.value < second.value }
        return current.keys.filter { wanted[$0] == nil }.sorted(by: byAddress).map { .withdraw($0, place) }
            + wanted.filter { current[$0.key] != $0.value }.sorted { byAddress($0.key, $1.key) }
            .map { .assign($0.key, place, from: current[$0.key], to: $0.value) }
    }

    private static func read(
        _ members: [String: String],
        _ field: String,
        _ mistakes: inout [ConfigurationMistakes.Mistake]
    ) -> [Email: ProjectRole] {
        var wanted: [Email: ProjectRole] = [:]
        for (address, roleName) in members.sorted(by: { $0.key < $1.key }) {
            let email = Email(address)
            if email == nil {
                mistakes.append(.init(field: field, message: "“\(address)” is not an e-mail address."))
            }
            let role = ProjectRole(rawValue: roleName)
            if role == nil {
                mistakes.append(.init(field: field, message: ProjectRole.mistake(roleName)))
            }
            if let email, let role { wanted[email] = role }
        }
        return wanted
    }
}
