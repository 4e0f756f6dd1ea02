import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico audit`: who did what in a workspace, and what was refused (behavior O1).
struct AuditCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read the audit log of a workspace, oldest event first, or check that nobody has changed it.",
        discussion: "The log of a workspace that was deleted is kept for its time and found by the same Company ID."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String?

    @Flag(name: .customLong("operator"), help: "The operator's log, of what concerns no workspace, in place of an ID.")
    var isOperators = false

    @Flag(help: "Compute the chain of hashes anew: exit with 1 when somebody other than Portico changed the log.")
    var verify = false

    @Flag(
        help: ArgumentHelp(
            "Go on with a log whose chain does not hold, or whose secret key is lost: what is before stays unverified."
        )
    )
    var beginAnew = false

    @Flag(help: "With --begin-anew: yes, do it; there is no way back.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "Only events since then: 2026-11-20, 2026-11-20T08:00:00Z, or how long ago, such as 24h.",
            valueName: "time"
        )
    )
    var since: AuditSince?

    @Option(help: ArgumentHelp("How many of the newest events to read at most.", valueName: "count"))
    var limit = 1_000

    @OptionGroup var options: OperatorOptions

    var namedWorkspace: String? { self.companyID }

    func validate() throws {
        guard (1...100_000).contains(self.limit) else {
            throw ValidationError("--limit takes a number from 1 to 100000.")
        }
        guard (self.companyID == nil) == self.isOperators else {
            throw ValidationError("Name a workspace by its Company ID, or say --operator.")
        }
        guard !(self.verify || self.beginAnew) || self.since == nil else {
            throw ValidationError("--verify and --begin-anew are about the whole log: leave out --since.")
        }
        guard !(self.verify && self.beginAnew), self.beginAnew || !self.yes else {
            throw ValidationError("Say --verify, or --begin-anew with --yes.")
        }
    }

    func run() async throws {
        try await self.options.withOperator { context in
            let scope = try await self.scope(context)
            guard !self.verify else {
                return try await AuditCheck(context: context, companyID: self.companyID, scope: scope).run()
            }
            guard !self.beginAnew else {
                return try await AuditRestarting(context: context, companyID: self.companyID, scope: scope)
                    .run(isConfirmed: self.yes)
            }
            let found = try await self.events(context, scope)
            try context.output.list(
                found.events.suffix(self.limit).map(AuditRow.init),
                columns: ["time", "by", "action", "about", "outcome", "detail"],
                cells: \.cells,
                whenEmpty: "no events"
            )
            if found.count > self.limit {
                context.output.note("there are older events: raise --limit, now \(self.limit), to see them")
            }
            if !found.unreadable.isEmpty {
                let numbers = found.unreadable.map { "\($0)" }.joined(separator: ", ")
                context.output.note(
                    "these events cannot be read, so that Portico did not write them or a newer one: \(numbers)"
                )
            }
        }
    }

    /// The workspace; `nil` for the operator's log.
    private func scope(_ context: OperatorContext) async throws -> WorkspaceScope? {
        guard let companyID = self.companyID else { return nil }
        return try await context.auditedWorkspace(companyID)
    }

    private func events(_ context: OperatorContext, _ scope: WorkspaceScope?) async throws -> AuditExcerpt {
        let store = AuditStore(pool: context.pool)
        let since = self.since?.date(now: context.now)
        guard let scope else { return try await store.operatorEvents(since: since, limit: self.limit + 1) }
        return try await store.events(scope, since: since, limit: self.limit + 1)
    }
}
