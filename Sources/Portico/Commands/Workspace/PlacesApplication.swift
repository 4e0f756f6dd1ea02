import Storage
import Workspaces

/// Spaces and projects on their way to what a file wants of them.
struct PlacesApplication {
    let management: MembershipManagement

    /// Makes them so, as they are behind everything else that the file says of the workspace.
    ///
    /// - Returns: What is different afterwards.
    /// - Throws: What is no refusal.
    func apply(
        _ change: PlacesChange,
        to editing: WorkspaceEditing,
        _ refusals: inout CollectedRefusals
    ) async throws -> [SettingDifference] {
        let known = try await editing.places()
        let steps = try await refusals.attempt { try change.steps(from: known) } ?? []
        var missing: Set<Place> = []
        var differences: [SettingDifference] = []
        for step in steps where !missing.contains(step.place) {
            let done: Void? = try await refusals.attempt { try await self.take(step, editing) }
            if done != nil {
                differences += [step.difference].compactMap { $0 }
            } else if case .create(let place, _) = step {
                missing.insert(place)
            }
        }
        return differences
    }

    private func take(_ step: PlaceStep, _ editing: WorkspaceEditing) async throws {
        do {
            switch step {
            case .create(let place, let title):
                try await editing.administer(place, title: title, management: self.management) {
                    try $0.create(title: title)
                }
            case .retitle(let place, let shown, let title):
                try await editing.administer(place, title: title, management: self.management) {
                    try $0.retitle(title, shown: shown)
                }
            case .assign(let email, let place, _, let role):
                try await editing.assign(email, to: place, management: self.management) {
                    try $0.assign(as: role.rawValue)
                }
            case .withdraw(let email, let place):
                try await editing.assign(email, to: place, management: self.management) { try $0.withdraw() }
            }
        } catch let error as AdministrationRefusal {
            throw CommandRefusal("\(step.place): \(Self.words(error, step))")
        } catch let error as ConfigurationMistakes {
            throw CommandRefusal("\(step.place): \(error.mistakes.map(\.message).joined(separator: " "))")
        }
    }

    private static func words(_ refusal: AdministrationRefusal, _ step: PlaceStep) -> String {
        switch step {
        case .assign(let email, _, _, _), .withdraw(let email, _):
            refusal == .notAMember
                ? "\(email) is no member of the workspace: invite the person first" : "\(email): \(refusal)"
        case .create, .retitle: "\(refusal)"
        }
    }
}
