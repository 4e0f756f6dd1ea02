import Storage
import Workspaces

/// One entry of a file on its way into the database, everything in one transaction.
///
/// What is taken back in the end was decided and written like what stays. So what an entry comes to, and whether it may be, is
/// known before anything is written.
struct WorkspaceApplication {
    let entry: WorkspaceEntry
    let context: OperatorContext

    private var catalogue: RoleCatalogue { self.context.settings.members.roles }

    /// Makes or changes the workspace.
    ///
    /// - Parameter ending: Whether it stays so.
    /// - Returns: What is different afterwards.
    /// - Throws: ``CommandRefusal`` with everything that was refused; nothing is written then.
    func run(_ ending: WorkspaceEditing.Ending) async throws -> WorkspacePreview {
        let store = WorkspaceStore(pool: self.context.pool)
        if let current = try await self.entry.current(in: self.context) {
            let scope = WorkspaceScope(current.workspace.id)
            return try await store.edit(scope, actor: .operator, now: self.context.now, ending: ending) { editing in
                try await self.apply(to: editing, creating: nil, CollectedRefusals())
            }
        }
        var refusals = CollectedRefusals()
        let asked = try await refusals.attempt { try self.create(self.entry.draft) }
        // What else is wrong shows in a workspace that is taken back with certainty, because something was refused.
        let creation = try asked ?? self.create(WorkspaceDraft(companyID: WorkspaceID.random().description))
        let scope = WorkspaceScope(creation.workspace.id)
        return try await store.edit(scope, actor: .operator, now: self.context.now, ending: ending) { editing in
            try await self.apply(to: editing, creating: creation, refusals)
        }
    }

    // MARK: - Private

    private func create(_ draft: WorkspaceDraft) throws -> WorkspaceCreation {
        try draft.create(
            id: .random(),
            defaultSPIssuer: self.context.settings.saml.spIssuer,
            catalogue: self.catalogue,
            actor: .operator,
            now: self.context.now
        )
    }

    private func apply(
        to editing: WorkspaceEditing,
        creating creation: WorkspaceCreation?,
        _ refusedBefore: CollectedRefusals
    ) async throws -> WorkspacePreview {
        var refusals = refusedBefore
        var differences: [SettingDifference] = []
        if let creation {
            try await editing.create(creation, catalogue: self.catalogue)
            differences += creation.differences
        } else {
            _ = try await refusals.attempt { try await self.entry.checkOwner(in: editing) }
            differences += try await refusals.attempt { try await self.change(editing) } ?? []
        }
        if let limits = self.entry.sessionLimits {
            differences += try await refusals.attempt { try await self.limitSessions(limits, editing) } ?? []
        }
        let isClaimed = try await self.claimDomains(editing, &differences, &refusals)
        if let changes = try await refusals.attempt({ try await self.configureSAML(editing) }) {
            differences += changes
            // Without the domain that the file names, one more refusal would say nothing new.
            if isClaimed { differences += try await refusals.attempt { try await self.switchSAML(editing) } ?? [] }
        }
        _ = try await refusals.attempt { try self.entry.checkTitles() }
        if let mappings = self.entry.mappings {
            differences +=
                try await refusals.attempt { try await editing.change(mappings, catalogue: self.catalogue) } ?? []
        }
        if let places = self.entry.places {
            let application = PlacesApplication(management: self.context.settings.members.management)
            differences += try await application.apply(places, to: editing, &refusals)
        }
        try refusals.check(" ")
        return WorkspacePreview(
            companyID: self.entry.companyID,
            action: creation != nil ? .create : differences.isEmpty ? .unchanged : .change,
            differences: differences.map(WorkspacePreview.Difference.init)
        )
    }

    private func change(_ editing: WorkspaceEditing) async throws -> [SettingDifference] {
        try await editing.administer {
            try $0.change(self.entry.settings, catalogue: self.catalogue, enforcing: .operatorsWord)
        }
        .differences
    }

    private func limitSessions(
        _ limits: SessionLimitsEntry,
        _ editing: WorkspaceEditing
    ) async throws -> [SettingDifference] {
        let installation = self.context.settings.sessions.limits
        return
            try await editing.administer { administration in
                let change = limits.change(of: administration.configured.workspace)
                return try administration.limitSessions(change, within: installation)
            }
            .differences
    }

    /// Claims the domains that the workspace has not claimed.
    ///
    /// - Returns: Whether none was refused.
    private func claimDomains(
        _ editing: WorkspaceEditing,
        _ differences: inout [SettingDifference],
        _ refusals: inout CollectedRefusals
    ) async throws -> Bool {
        var isClaimed = true
        for domain in self.entry.unclaimedDomains(in: try await editing.configured()) {
            let outcome = try await refusals.attempt {
                try await editing.claimDomain { try $0.claimDomain(domain, proof: .operatorOverride) }
            }
            guard let outcome else {
                isClaimed = false
                continue
            }
            differences += [outcome.difference].compactMap { $0 }
        }
        return isClaimed
    }

    private func configureSAML(_ editing: WorkspaceEditing) async throws -> [SettingDifference] {
        let loopbackHTTP = self.context.loopbackHTTP
        let current = try await editing.configured().identityProvider
        guard let change = try self.entry.samlChange(of: current) else { return [] }
        return try await editing.administer { try $0.configureSAML(change, loopbackHTTP: loopbackHTTP) }.differences
    }

    private func switchSAML(_ editing: WorkspaceEditing) async throws -> [SettingDifference] {
        let configured = try await editing.configured()
        guard let wanted = self.entry.identityProvider?.enabled, wanted != configured.identityProvider?.enabled else {
            return []
        }
        return try await editing.administer { try wanted ? $0.enableSAML() : $0.disableSAML() }.differences
    }
}
