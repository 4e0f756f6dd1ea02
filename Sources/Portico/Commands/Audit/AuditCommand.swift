import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico audit`: who did what in a workspace, and what was refused (behavior O1).
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read the audit log of a workspace, oldest event first."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

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

    func validate() throws {
        guard (1...100_000).contains(self.limit) else {
            throw ValidationError("--limit takes a number from 1 to 100000.")
        }
    }

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let events = try await AuditStore(pool: context.pool)
                .events(
                    WorkspaceScope(found.workspace.id),
                    since: self.since?.date(now: context.now),
                    limit: self.limit + 1
                )
            try context.output.list(
                events.suffix(self.limit).map(AuditRow.init),
                columns: ["time", "by", "action", "about", "outcome", "detail"],
                cells: \.cells,
                whenEmpty: "no events"
            )
            if events.count > self.limit {
                context.output.note("there are older events: raise --limit, now \(self.limit), to see them")
            }
        }
    }
}
