import Storage
import Workspaces

extension OperatorContext {
    /// How the refreshes of a workspace's metadata went.
    func metadataState(of configured: ConfiguredWorkspace) async throws -> MetadataRefreshState {
        try await MetadataRefreshStore(pool: self.pool).state(WorkspaceScope(configured.workspace.id))
    }
}

extension OperatorOptions {
    /// Lets the domain decide about proposals of a workspace's metadata, writes the outcome and says what was done.
    func review(
        _ companyID: String,
        done word: String,
        decide: @Sendable @escaping (MetadataReview, OperatorContext) throws -> MetadataRefreshOutcome
    ) async throws {
        try await self.withOperator { context in
            let found = try await context.workspace(companyID)
            let now = context.now
            let outcome = try await MetadataRefreshStore(pool: context.pool)
                .refresh(WorkspaceScope(found.workspace.id), now: now) { configured, state in
                    let review = MetadataReview(configured: configured, state: state, actor: .operator, now: now)
                    return try decide(review, context)
                }
            let proposals = outcome?.state.proposals ?? []
            let waiting = proposals.count(where: \.isWaiting)
            try context.output.done(
                "\(found.workspace.companyID): \(word), \(waiting == 0 ? "nothing" : "\(waiting)") waits",
                proposals.map(MetadataProposalRow.init)
            )
        }
    }
}
