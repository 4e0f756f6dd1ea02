import Workspaces

/// What a refresh by hand has changed, and what waits.
struct MetadataRefreshReport: Encodable {
    let companyID: String
    let differences: [WorkspacePreview.Difference]
    let pending: [MetadataProposalRow]
    let metadata: MetadataStatus?

    init(_ outcome: MetadataRefreshOutcome, of configured: ConfiguredWorkspace) {
        self.companyID = configured.workspace.companyID.value
        self.differences = (outcome.configuration?.differences ?? []).map(WorkspacePreview.Difference.init)
        self.pending = outcome.state.proposals.filter(\.isWaiting).map(MetadataProposalRow.init)
        self.metadata = configured.identityProvider.flatMap { MetadataStatus(outcome.state, of: $0) }
    }

    /// The report for people.
    var lines: [String] {
        var lines = ["\(self.companyID): the metadata was fetched"]
        lines += self.differences.map { "  \($0.field): \($0.old ?? "-") → \($0.new ?? "-")" }
        lines += self.pending.map {
            "  pending: \($0.change) \($0.subject), \($0.key), SHA-256 \($0.sha256Fingerprint)"
        }
        if let offered = self.metadata?.offeredSignInURL {
            lines.append("  sign-in URL in the metadata: \(offered); import it again to take it")
        }
        return lines.count == 1 ? lines + ["  nothing changes"] : lines
    }
}
