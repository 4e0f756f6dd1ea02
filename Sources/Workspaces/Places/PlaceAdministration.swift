package import FoundationEssentials

/// Decides what somebody with the right to do so does to a space or a project itself: make, name, remove (behavior A1, G4,
/// G6).
///
/// The facts are read under the lock of the workspace in the transaction that writes the outcome.
package struct PlaceAdministration: Hashable, Sendable {
    /// What there is of the place.
    package struct Current: Hashable, Sendable {
        /// Its name for human eyes.
        package let title: String?
        /// How many members are in it.
        package let members: Int
        /// How many groups open it.
        package let groups: Int

        /// Puts the facts together.
        package init(title: String?, members: Int, groups: Int) {
            self.title = title
            self.members = members
            self.groups = groups
        }
    }

    /// The greatest number of places of a kind in a workspace.
    package static let maximum = 2_000

    /// The workspace.
    package let workspaceID: WorkspaceID
    /// The place.
    package let place: Place
    /// What there is of it; `nil` where there is nothing.
    package let current: Current?
    /// How many places of its kind the workspace has.
    package let count: Int
    /// Which other space has the title that is wanted.
    package let namesake: SpaceID?
    /// Who manages spaces.
    package let management: MembershipManagement
    /// On whose word.
    package let actor: AuditActor
    /// The present.
    package let now: Date

    /// Puts the facts together.
    package init(
        workspaceID: WorkspaceID,
        place: Place,
        current: Current?,
        count: Int,
        namesake: SpaceID?,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date
    ) {
        self.workspaceID = workspaceID
        self.place = place
        self.current = current
        self.count = count
        self.namesake = namesake
        self.management = management
        self.actor = actor
        self.now = now
    }

    /// Makes the place.
    ///
    /// - Parameter text: Its name for human eyes, as typed; an empty text is none.
    /// - Returns: What is written.
    /// - Throws: `ConfigurationMistakes` at `id` and `title`; `AdministrationRefusal` where the identity provider alone
    ///   manages spaces.
    package func create(title text: String) throws -> PlaceOutcome {
        // A1: a project is made by hand whoever says who is in it.
        if self.place.kind == .space, self.management.spaces == .identityProvider {
            throw AdministrationRefusal.placesManagedElsewhere(.space)
        }
        let title = PlaceTitle.normalized(text)
        var mistakes = self.titleMistakes(title)
        if self.current != nil {
            let name = self.current?.title.map { ", called “\($0)”" } ?? ""
            mistakes.append(
                .init(
                    field: "id",
                    message: "There is \(self.place) already\(name). Choose another identifier, or open it."
                )
            )
        } else if self.count >= Self.maximum {
            mistakes.append(
                .init(
                    field: "id",
                    message:
                        "There are \(self.count) already, which is as many as may be. Remove one that nobody needs."
                )
            )
        }
        try ConfigurationMistakes.check(mistakes)
        var detail = ["change": "created"]
        if !title.isEmpty { detail["title"] = title }
        return PlaceOutcome(write: .insert(title: title.isEmpty ? nil : title), events: [self.event(detail)])
    }

    /// Names the place; an empty text takes its name away.
    ///
    /// - Parameters:
    ///   - text: The name, as typed.
    ///   - shown: The name that it had when somebody began to type; `nil` where nobody looked.
    /// - Returns: What is written.
    /// - Throws: `ConfigurationMistakes` at `title`; ``PlaceTitledMeanwhile``; `AdministrationRefusal` for a place that is gone.
    package func retitle(_ text: String, shown: String? = nil) throws -> PlaceOutcome {
        guard let current else { throw AdministrationRefusal.unknownPlace(self.place) }
        let title = PlaceTitle.normalized(text)
        try ConfigurationMistakes.check(self.titleMistakes(title))
        if let shown, !shown.utf8.elementsEqual((current.title ?? "").utf8) {
            throw PlaceTitledMeanwhile(title: current.title)
        }
        guard !title.utf8.elementsEqual((current.title ?? "").utf8) else {
            return PlaceOutcome(write: .nothing, events: [])
        }
        let detail = ["change": "titled", "old_title": current.title ?? "", "title": title]
        return PlaceOutcome(write: .retitle(title.isEmpty ? nil : title), events: [self.event(detail)])
    }

    /// Removes the place, which must be empty: who has lost what is to be seen beforehand.
    ///
    /// - Returns: What is written.
    /// - Throws: `AdministrationRefusal`.
    package func remove() throws(AdministrationRefusal) -> PlaceOutcome {
        guard let current else { throw .unknownPlace(self.place) }
        guard current.members == 0, current.groups == 0 else {
            throw .placeInUse(self.place, members: current.members, groups: current.groups)
        }
        return PlaceOutcome(write: .delete, events: [self.event(["change": "removed"])])
    }

    // MARK: - Parts

    private func titleMistakes(_ title: String) -> [ConfigurationMistakes.Mistake] {
        guard !title.isEmpty else { return [] }
        guard PlaceTitle.isAcceptable(title) else { return [.init(field: "title", message: PlaceTitle.mistake)] }
        guard let namesake else { return [] }
        return [.init(field: "title", message: PlaceTitle.mistake(title, isOf: "\(namesake)"))]
    }

    private func event(_ detail: [String: String]) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.workspaceID,
            actor: self.actor,
            action: self.place.kind == .space ? .spaceChanged : .projectChanged,
            detail: detail.merging([self.place.kind.rawValue: self.place.id]) { $1 }
        )
    }
}
