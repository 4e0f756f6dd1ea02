import Storage
import Workspaces

/// Spaces and projects on their way to what a file wants of them.
struct PlacesApplication {
    let context: OperatorContext

    private var management: MembershipManagement { self.context.settings.members.management }

    /// Works out what has to be done, and that it may be, before anything is written.
    ///
    /// - Parameters:
    ///   - entry: What the file wants.
    ///   - current: The workspace as it is; nil where it is to be made.
    /// - Returns: The steps in their order.
    /// - Throws: `ConfigurationMistakes`, `AdministrationRefusal`, ``CommandRefusal``.
    func steps(_ entry: WorkspaceEntry, current: ConfiguredWorkspace?) async throws -> [PlaceStep] {
        guard let change = entry.places else { return [] }
        let scope = current.map { WorkspaceScope($0.workspace.id) }
        let known = try await scope.asyncMap {
            try await PlaceStore(pool: self.context.pool).all($0)
        }
        let steps = try change.steps(from: known ?? [:])
        for step in steps { try await self.check(step, entry, scope) }
        return steps
    }

    /// Takes the steps, each in a transaction of its own.
    func apply(_ steps: [PlaceStep], to scope: WorkspaceScope) async throws {
        for step in steps { try await self.apply(step, to: scope) }
    }

    // MARK: - Private

    private func check(_ step: PlaceStep, _ entry: WorkspaceEntry, _ scope: WorkspaceScope?) async throws {
        switch step {
        case .create(.space, _):
            guard self.management.spaces == .administrators else {
                throw AdministrationRefusal.placesManagedElsewhere(.space)
            }
        case .create, .retitle:
            return
        case .assign(let email, let place, _, _), .withdraw(let email, let place):
            guard self.management.manager(of: place.kind) == .administrators else {
                throw AdministrationRefusal.placesManagedElsewhere(place.kind)
            }
            let isOwner = scope == nil && entry.owner.flatMap { Email($0) } == email
            let isMember = try await scope.asyncMap {
                try await MembershipStore(pool: self.context.pool).membership($0, of: email) != nil
            }
            guard isOwner || isMember == true else {
                throw CommandRefusal("\(place): \(email) is no member of the workspace: invite the person first")
            }
        }
    }

    private func apply(_ step: PlaceStep, to scope: WorkspaceScope) async throws {
        switch step {
        case .create(let place, let title):
            try await self.administer(scope, place, title) { try $0.create(title: title) }
        case .retitle(let place, let shown, let title):
            try await self.administer(scope, place, title) { try $0.retitle(title, shown: shown) }
        case .assign(let email, let place, _, let role):
            try await self.assign(scope, email, place, as: .assignment) { try $0.assign(as: role.rawValue) }
        case .withdraw(let email, let place):
            try await self.assign(scope, email, place, as: .withdrawal) { try $0.withdraw() }
        }
    }

    private func administer(
        _ scope: WorkspaceScope,
        _ place: Place,
        _ title: String,
        decide: @Sendable (PlaceAdministration) throws -> PlaceOutcome
    ) async throws {
        try await PlaceStore(pool: self.context.pool)
            .administer(
                scope,
                place,
                title: PlaceTitle.normalized(title),
                management: self.management,
                actor: .operator,
                now: self.context.now,
                decide: decide
            )
    }

    private func assign(
        _ scope: WorkspaceScope,
        _ email: Email,
        _ place: Place,
        as attempt: MemberChangeAttempt,
        decide: @Sendable (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws {
        try await MembershipStore(pool: self.context.pool)
            .assign(
                scope,
                email,
                to: place,
                as: attempt,
                management: self.management,
                actor: .operator,
                now: self.context.now,
                decide: decide
            )
    }
}

extension Optional where Wrapped == WorkspaceScope {
    /// The answer for the workspace; nil where there is none.
    fileprivate func asyncMap<Answer>(_ body: (WorkspaceScope) async throws -> Answer) async throws -> Answer? {
        guard let self else { return nil }
        return try await body(self)
    }
}
