package import FoundationEssentials
package import SAML

/// A new workspace as somebody asks for it, before it is checked.
package struct WorkspaceDraft: Hashable, Sendable {
    /// The Company ID.
    package var companyID: String
    /// The name for human eyes; the Company ID where it is `nil`.
    package var name: String?
    /// The owner's address; without one the workspace has no owner yet.
    package var owner: String?
    /// The settings beside the name.
    package var settings: WorkspaceChange

    /// Makes a draft.
    package init(
        companyID: String,
        name: String? = nil,
        owner: String? = nil,
        settings: WorkspaceChange = WorkspaceChange()
    ) {
        self.companyID = companyID
        self.name = name
        self.owner = owner
        self.settings = settings
    }

    /// Checks the draft and makes the workspace.
    ///
    /// Whether the Company ID was ever used by another workspace is the database's to say (rulings 23).
    ///
    /// - Parameters:
    ///   - id: A fresh identifier.
    ///   - defaultSPIssuer: The installation's SP issuer.
    ///   - catalogue: The roles of the installation; its lowest is the default role (behavior Q8).
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: The workspace and what is written with it.
    /// - Throws: All mistakes together.
    package func create(
        id: WorkspaceID,
        defaultSPIssuer: EntityID,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        now: Date
    ) throws(ConfigurationMistakes) -> WorkspaceCreation {
        var mistakes: [ConfigurationMistakes.Mistake] = []
        let companyID = CompanyID(self.companyID)
        if companyID == nil {
            mistakes.append(.init(field: "company_id", message: Self.companyIDMessage(self.companyID)))
        }
        let owner = self.owner.flatMap(Email.init)
        if let text = self.owner, owner == nil {
            mistakes.append(
                .init(
                    field: "owner",
                    message: "“\(text)” is not an e-mail address. Give one such as ann@company.example."
                )
            )
        }
        var settings = self.settings
        settings.name = self.name ?? settings.name
        mistakes += settings.mistakes(catalogue: catalogue)
        guard let companyID, mistakes.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes) }
        let lowest = catalogue.lowest
        let blank = Workspace(
            id: id,
            companyID: companyID,
            name: companyID.value,
            spIssuer: defaultSPIssuer,
            defaultRole: lowest == catalogue.admin ? .notActivated : .role(lowest)
        )
        let workspace = try settings.applied(to: blank, catalogue: catalogue)
        let names = [
            SettingDifference("company_id", from: nil, to: companyID.value),
            SettingDifference("owner", from: nil, to: owner?.value),
        ]
        let differences = names.compactMap { $0 } + workspace.firstSettings
        let event = AuditEvent(
            time: now,
            workspaceID: id,
            actor: actor,
            action: .workspaceCreated,
            email: owner?.value,
            detail: Dictionary(differences.map { ($0.field, $0.new ?? "") }) { $1 }
        )
        return WorkspaceCreation(
            workspace: workspace,
            owner: owner,
            createdAt: now,
            differences: differences,
            events: [event]
        )
    }

    private static func companyIDMessage(_ text: String) -> String {
        let rule =
            "A Company ID has 1 to 63 letters, digits, dots, hyphens and underscores, and begins and ends with a"
            + " letter or a digit: company-a, for example."
        if text.isEmpty { return "It is empty. \(rule)" }
        if text.utf8.count > CompanyID.maximumLength { return "It has \(text.count) characters. \(rule)" }
        return "“\(text)” does not fit. \(rule)"
    }
}
