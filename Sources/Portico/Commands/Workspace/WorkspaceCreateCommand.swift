import ArgumentParser
import Storage
import Workspaces

/// `portico workspace create`: makes a workspace, with its owner invited (rulings 26).
struct WorkspaceCreateCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a workspace.")

    @Argument(help: ArgumentHelp("The Company ID that people will type.", valueName: "id"))
    var companyID: String

    @Option(help: "The name for human eyes.")
    var name: String

    @Option(help: ArgumentHelp("The address of the owner, who is invited as an administrator.", valueName: "email"))
    var owner: String?

    @Option(help: ArgumentHelp("The name by which the identity provider knows Portico.", valueName: "uri"))
    var spIssuer: String?

    @Option(help: ArgumentHelp("shared or own: where responses are posted.", valueName: "style"))
    var acsStyle: AssertionConsumerServiceStyle?

    @Option(help: ArgumentHelp("auto, required or off: when the roles attribute is read.", valueName: "mode"))
    var rolesMode: RolesMode?

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let draft = WorkspaceDraft(
                companyID: self.companyID,
                name: self.name,
                owner: self.owner,
                settings: WorkspaceChange(spIssuer: self.spIssuer, acsStyle: self.acsStyle, rolesMode: self.rolesMode)
            )
            let catalogue = context.settings.members.roles
            let creation = try draft.create(
                id: .random(),
                defaultSPIssuer: context.settings.saml.spIssuer,
                catalogue: catalogue,
                actor: .operator,
                now: context.now
            )
            try await WorkspaceStore(pool: context.pool).create(creation, catalogue: catalogue)
            let name = creation.workspace.companyID.value
            try context.output.done(
                [
                    "made the workspace \(name)",
                    "next: portico setup-link \(name), which opens its settings in a browser, or here:",
                    "portico domain claim \(name) DOMAIN --operator-override, portico saml configure \(name) …",
                ],
                try await WorkspaceDocument(of: name, in: context)
            )
        }
    }
}
