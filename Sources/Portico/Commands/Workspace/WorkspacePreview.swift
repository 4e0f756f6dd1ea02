import SAML
import Workspaces

/// What applying one entry of a file comes to, worked out before anything is written.
struct WorkspacePreview: Encodable {
    /// What happens to the workspace.
    enum Action: String, Encodable {
        case create
        case change
        case unchanged
    }

    /// One setting that changes.
    struct Difference: Encodable {
        let field: String
        let old: String?
        let new: String?
    }

    let companyID: String
    let action: Action
    let differences: [Difference]

    /// Runs the same decisions that will be applied, on values alone.
    ///
    /// - Parameters:
    ///   - entry: What the file wants.
    ///   - current: The workspace as it is; nil where there is none.
    ///   - owner: Its owner's address.
    ///   - mappings: What its groups give.
    ///   - places: What has to be done to its spaces and projects.
    ///   - context: Settings and the present.
    /// - Throws: What the domain refuses.
    init(
        _ entry: WorkspaceEntry,
        current: ConfiguredWorkspace?,
        owner: Email?,
        mappings: GroupMappings,
        places: [PlaceStep],
        context: OperatorContext
    ) throws {
        var differences: [Difference] = []
        var configured: ConfiguredWorkspace
        let catalogue = context.settings.members.roles
        if let current {
            try Self.check(entry, owner: owner)
            let outcome = try Self.administration(current, context)
                .change(entry.settings, catalogue: catalogue, enforcing: .operatorsWord)
            differences += outcome.differences.map(Difference.init)
            configured = outcome.configured
        } else {
            let creation = try entry.draft.create(
                id: .random(),
                defaultSPIssuer: context.settings.saml.spIssuer,
                catalogue: catalogue,
                actor: .operator,
                now: context.now
            )
            configured = ConfiguredWorkspace(workspace: creation.workspace, identityProvider: nil, domains: [])
            differences.append(Difference(field: "company_id", old: nil, new: entry.companyID))
        }
        if let limits = entry.sessionLimits {
            let outcome = try Self.administration(configured, context)
                .limitSessions(
                    limits.change(of: configured.workspace),
                    within: context.settings.sessions.limits
                )
            differences += outcome.differences.map(Difference.init)
            configured = outcome.configured
        }
        for text in entry.unclaimedDomains(in: configured) {
            let claim = try Self.administration(configured, context).claimDomain(text, proof: .operatorOverride).claim
            configured.domains.append(claim.domain)
            differences.append(Difference(field: "domains", old: nil, new: claim.domain.value))
        }
        if let change = try entry.samlChange(of: configured.identityProvider) {
            let outcome = try Self.administration(configured, context)
                .configureSAML(change, loopbackHTTP: context.loopbackHTTP)
            differences += outcome.differences.map(Difference.init)
            configured = outcome.configured
        }
        if let outcome = try entry.statusChange(Self.administration(configured, context)) {
            differences += outcome.differences.map(Difference.init)
        }
        if let change = entry.mappings {
            let new = try change.applied(to: mappings, catalogue: catalogue)
            differences += mappings.differences(to: new).map(Difference.init)
        }
        differences += places.compactMap(\.difference).map(Difference.init)
        self.companyID = entry.companyID
        self.action = current == nil ? .create : differences.isEmpty ? .unchanged : .change
        self.differences = differences
    }

    private static func administration(
        _ configured: ConfiguredWorkspace,
        _ context: OperatorContext
    ) -> WorkspaceAdministration {
        WorkspaceAdministration(configured: configured, actor: .operator, now: context.now)
    }

    /// The owner is named when a workspace is made and is never changed by a file (behavior A3).
    private static func check(_ entry: WorkspaceEntry, owner: Email?) throws {
        guard let text = entry.owner, Email(text) != owner else { return }
        throw CommandRefusal(
            "its owner is \(owner?.value ?? "nobody") and a file cannot change that: leave `owner` as it is, or out"
        )
    }
}

extension WorkspacePreview.Difference {
    init(_ difference: SettingDifference) {
        self.init(field: difference.field, old: difference.old, new: difference.new)
    }
}

extension WorkspacePreview {
    /// The preview for people: what happens, and below it every difference.
    var lines: [String] {
        let heading =
            switch self.action {
            case .create: "\(self.companyID): is made"
            case .change: "\(self.companyID): changes"
            case .unchanged: "\(self.companyID): is as the file wants it"
            }
        return [heading] + self.differences.map { "  \($0.field): \($0.old ?? "-") → \($0.new ?? "-")" }
    }
}

extension WorkspaceEntry {
    /// The domains of the file that the workspace has not claimed.
    func unclaimedDomains(in configured: ConfiguredWorkspace) -> [String] {
        self.domains.filter { text in
            guard let domain = EmailDomain(text) else { return true }
            return !configured.domains.contains(domain)
        }
    }

    /// Switches SAML on or off as the file wants it; nil where nothing is to be switched.
    func statusChange(_ administration: WorkspaceAdministration) throws -> WorkspaceOutcome? {
        guard let wanted = self.identityProvider?.enabled else { return nil }
        guard wanted != administration.configured.identityProvider?.enabled else { return nil }
        return wanted ? try administration.enableSAML() : try administration.disableSAML()
    }
}
