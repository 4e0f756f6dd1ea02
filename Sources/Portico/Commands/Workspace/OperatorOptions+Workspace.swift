import Storage
import Workspaces

extension OperatorOptions {
    /// Lets the domain decide about a workspace, writes the outcome and says what was done.
    func administer(
        _ companyID: String,
        done sentence: String,
        decide: @Sendable @escaping (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws {
        try await self.withOperator { context in
            let found = try await context.workspace(companyID)
            let scope = WorkspaceScope(found.workspace.id)
            try await WorkspaceStore(pool: context.pool)
                .administer(scope, actor: .operator, now: context.now, decide: decide)
            try context.output.done(
                "\(found.workspace.companyID) \(sentence)",
                try await WorkspaceDocument(of: companyID, in: context)
            )
        }
    }
}
