import ArgumentParser

/// `portico workspace show`: everything about one workspace.
struct WorkspaceShowCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a workspace.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let document = try await WorkspaceDocument(of: self.companyID, in: context)
            try context.output.show(document, fields: document.fields)
        }
    }
}
