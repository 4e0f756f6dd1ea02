import Storage
import Workspaces

extension WorkspaceEntry {
    /// The workspace as it is; nil where there is none of that name.
    func current(in context: OperatorContext) async throws -> ConfiguredWorkspace? {
        guard let companyID = CompanyID(self.companyID) else { return nil }
        return try await WorkspaceDirectory(pool: context.pool).configuredWorkspace(companyID: companyID)
    }

    /// The domains of the file that the workspace has not claimed, by name.
    ///
    /// Others who claimed a domain are told so in this transaction: two that went through the same domains in another order
    /// would wait for each other.
    func unclaimedDomains(in configured: ConfiguredWorkspace) -> [String] {
        self.domains
            .map { (text: $0, domain: EmailDomain($0)) }
            .filter { $0.domain.map { !configured.domains.contains($0) } ?? true }
            .sorted { ($0.domain?.value ?? $0.text) < ($1.domain?.value ?? $1.text) }
            .map(\.text)
    }

    /// The owner is named when a workspace is made and is never changed by a file (behavior A3).
    ///
    /// - Throws: ``CommandRefusal``.
    func checkOwner(in editing: WorkspaceEditing) async throws {
        guard let text = self.owner else { return }
        let owner = try await editing.owner()
        guard owner == nil || Email(text) != owner else { return }
        throw CommandRefusal(
            "its owner is \(owner?.value ?? "nobody") and a file cannot change that: leave `owner` as it is, or out"
        )
    }

    /// `mappings` and `spaces` or `projects` may both name a place, and then alike: one of the two would win, and applying the
    /// file again would change it anew.
    ///
    /// - Throws: `ConfigurationMistakes`.
    func checkTitles() throws {
        guard let places = self.places else { return }
        var mapped: [Place: String] = [:]
        for entry in self.mappings?.spaces ?? [] {
            if let place = Place(.space, entry.space), let title = entry.title { mapped[place] = title }
        }
        for entry in self.mappings?.projects ?? [] {
            if let place = Place(.project, entry.project), let title = entry.title { mapped[place] = title }
        }
        let mistakes = places.entries.compactMap { entry -> ConfigurationMistakes.Mistake? in
            guard let place = Place(entry.kind, entry.id), let title = entry.title.map(PlaceTitle.normalized),
                let other = mapped[place].map(PlaceTitle.normalized), other != title
            else { return nil }
            let words = "\(place) is called “\(other)” in mappings.\(entry.kind.rawValue)s. Give it one title."
            return .init(field: "\(entry.kind.rawValue)s", message: words)
        }
        guard mistakes.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes) }
    }
}
