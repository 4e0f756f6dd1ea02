import Console
import Foundation
import Storage
import Workspaces

/// `saml configure --metadata`: reads metadata, shows what it changes, and saves exactly what was shown.
///
/// At a terminal it asks before it saves, unless `--yes` says not to. Where nobody can answer, it shows and saves, so that
/// a script needs no flag that interface section 2 does not have; a script that wants to look first says `--dry-run`.
struct MetadataImport {
    let options: MetadataOptions
    let context: OperatorContext

    /// Reads `source` and changes a workspace's configuration.
    ///
    /// - Parameters:
    ///   - source: The file or the URL.
    ///   - companyID: The workspace.
    ///   - change: What the other flags change, on top of which the metadata comes.
    /// - Throws: ``CommandRefusal`` and what the domain refuses; nothing is saved then.
    func run(
        _ source: String,
        of companyID: String,
        with change: (IdentityProviderConfiguration?) -> SAMLConfigurationChange
    ) async throws {
        let current = try await self.context.workspace(companyID)
        let reference = MetadataReference(
            source: source,
            entityID: self.options.entity,
            entityHint: "The flag is --entity-id."
        )
        let document = try await reference.document(in: self.context)
        let metadata = document.metadata
        var change = change(current.identityProvider)
        try change.take(
            metadata,
            certificates: document.certificates,
            from: reference.origin,
            over: current.identityProvider
        )
        let administration = WorkspaceAdministration(configured: current, actor: .operator, now: self.context.now)
        let outcome = try administration.configureSAML(change, loopbackHTTP: self.context.loopbackHTTP)
        var shown = MetadataChange(outcome, of: current, metadata: metadata, source: source)

        let output = self.context.output
        // Entity IDs and subjects are whatever somebody wrote into the metadata.
        if output.format == .human { for line in shown.lines { output.line(PrintableText.escaped(line)) } }
        if !self.options.dryRun, !outcome.differences.isEmpty {
            try self.confirm()
            try await self.save(change, over: current)
            shown.saved = true
        }
        switch output.format {
        case .json: try output.done("", shown)
        case .human where shown.saved: output.line("\(shown.companyID) is configured")
        case .human: output.line("nothing was saved")
        }
    }

    /// Asks whoever sits at the terminal.
    private func confirm() throws {
        let output = self.context.output
        guard !self.options.yes, output.format == .human, output.isTerminal else { return }
        output.ask("Save this? [y/N] ")
        let answer = readLine()?.lowercased()
        guard answer == "y" || answer == "yes" else {
            throw CommandRefusal("nothing was saved: answer y, or say --yes, to save what was shown")
        }
    }

    /// Saves, unless somebody changed the configuration after it was shown.
    private func save(_ change: SAMLConfigurationChange, over shown: ConfiguredWorkspace) async throws {
        let loopbackHTTP = self.context.loopbackHTTP
        try await WorkspaceStore(pool: self.context.pool)
            .administer(WorkspaceScope(shown.workspace.id), actor: .operator, now: self.context.now) { administration in
                guard administration.configured.identityProvider == shown.identityProvider else {
                    throw CommandRefusal("somebody else changed the configuration meanwhile: run the command again")
                }
                return try administration.configureSAML(change, loopbackHTTP: loopbackHTTP)
            }
    }
}
