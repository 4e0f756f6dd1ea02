import ArgumentParser
import Storage
import Workspaces

/// `portico workspace apply`: makes and changes workspaces until they are as a file wants them (interface section 7).
struct WorkspaceApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make and change workspaces to match a file; print the difference.",
        discussion: "What the file does not say stays as it is. Every entry is checked before the first is written."
    )

    @Option(name: [.customShort("f"), .long], help: ArgumentHelp("The YAML file.", valueName: "file"))
    var file: String

    @Flag(help: "Write nothing; only print the difference.")
    var dryRun = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let entries = try WorkspaceFile.read(self.file).entries
        try await self.options.withOperator { context in
            let plans = try await Self.plans(of: entries, in: context)
            if !self.dryRun {
                for plan in plans where plan.preview.action != .unchanged {
                    try await Self.apply(plan.entry, in: context)
                }
            }
            let previews = plans.map(\.preview)
            try context.output.done(previews.flatMap(\.lines), previews)
        }
    }

    /// An entry with its metadata, and what applying it comes to.
    private struct Plan {
        let entry: WorkspaceEntry
        let preview: WorkspacePreview
    }

    /// Works out every entry before the first is written, and reports the refusals of all.
    private static func plans(of entries: [WorkspaceEntry], in context: OperatorContext) async throws -> [Plan] {
        var plans: [Plan] = []
        var refusals: [String] = []
        for entry in entries {
            do {
                let current = try await Self.find(entry, in: context)
                let entry = try await entry.withMetadata(over: current?.identityProvider, in: context)
                let owner = try await Self.owner(of: current, in: context)
                let preview = try WorkspacePreview(
                    entry,
                    current: current,
                    owner: owner,
                    mappings: try await Self.mappings(of: current, in: context),
                    places: try await PlacesApplication(context: context).steps(entry, current: current),
                    context: context
                )
                plans.append(Plan(entry: entry, preview: preview))
            } catch {
                guard let refusal = AdministrationFailure.explain(error) as? CommandRefusal else { throw error }
                refusals.append("\(entry.companyID): \(refusal.line)")
            }
        }
        guard refusals.isEmpty else { throw CommandRefusal(refusals.joined(separator: "; ")) }
        return plans
    }

    private static func find(_ entry: WorkspaceEntry, in context: OperatorContext) async throws -> ConfiguredWorkspace?
    {
        guard let companyID = CompanyID(entry.companyID) else { return nil }
        return try await WorkspaceDirectory(pool: context.pool).configuredWorkspace(companyID: companyID)
    }

    private static func owner(of current: ConfiguredWorkspace?, in context: OperatorContext) async throws -> Email? {
        guard let current else { return nil }
        let scope = WorkspaceScope(current.workspace.id)
        return try await MembershipStore(pool: context.pool)
            .administrators(scope, catalogue: context.settings.members.roles).first(where: \.isOwner)?
            .email
    }

    private static func mappings(
        of current: ConfiguredWorkspace?,
        in context: OperatorContext
    ) async throws -> GroupMappings {
        guard let current else { return GroupMappings() }
        return try await GroupMappingStore(pool: context.pool).mappings(WorkspaceScope(current.workspace.id))
    }

    private static func apply(_ entry: WorkspaceEntry, in context: OperatorContext) async throws {
        let stores = WorkspaceStore(pool: context.pool)
        let catalogue = context.settings.members.roles
        let now = context.now
        if let current = try await Self.find(entry, in: context) {
            try await stores.administer(WorkspaceScope(current.workspace.id), actor: .operator, now: now) {
                try $0.change(entry.settings, catalogue: catalogue, enforcing: .operatorsWord)
            }
        } else {
            let creation = try entry.draft.create(
                id: .random(),
                defaultSPIssuer: context.settings.saml.spIssuer,
                catalogue: catalogue,
                actor: .operator,
                now: now
            )
            try await stores.create(creation, catalogue: catalogue)
        }
        let found = try await context.workspace(entry.companyID)
        let scope = WorkspaceScope(found.workspace.id)
        if let limits = entry.sessionLimits {
            let installation = context.settings.sessions.limits
            try await stores.administer(scope, actor: .operator, now: now) { administration in
                let change = limits.change(of: administration.configured.workspace)
                return try administration.limitSessions(change, within: installation)
            }
        }
        for domain in entry.unclaimedDomains(in: found) {
            try await stores.claimDomain(scope, actor: .operator, now: now) {
                try $0.claimDomain(domain, proof: .operatorOverride)
            }
        }
        if let mappings = entry.mappings {
            try await GroupMappingStore(pool: context.pool)
                .change(scope, mappings, catalogue: catalogue, actor: .operator, now: now)
        }
        let places = PlacesApplication(context: context)
        try await places.apply(try await places.steps(entry, current: found), to: scope)
        guard entry.identityProvider != nil else { return }
        let loopbackHTTP = context.loopbackHTTP
        try await stores.administer(scope, actor: .operator, now: now) { administration in
            guard let change = try entry.samlChange(of: administration.configured.identityProvider) else {
                return try administration.change(WorkspaceChange(), catalogue: catalogue)
            }
            return try administration.configureSAML(change, loopbackHTTP: loopbackHTTP)
        }
        try await stores.administer(scope, actor: .operator, now: now) { administration in
            try entry.statusChange(administration)
                ?? administration.change(WorkspaceChange(), catalogue: catalogue)
        }
    }
}
