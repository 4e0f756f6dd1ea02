import ArgumentParser
import Storage
import Workspaces

/// `portico workspace apply`: makes and changes workspaces until they are as a file wants them (interface section 7).
struct WorkspaceApplyCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make and change workspaces to match a file; print the difference.",
        discussion: "What the file does not say stays as it is. Every entry is checked before the first is written."
    )

    @Option(name: [.customShort("f"), .long], help: ArgumentHelp("The YAML file.", valueName: "file"))
    var file: String

    @Flag(help: "Write nothing; only print the difference.")
    var dryRun = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let entries = try WorkspaceFile.read(self.file).entries
            let plans = try await Self.plans(of: entries, in: context)
            if !self.dryRun {
                for plan in plans where plan.preview.action != .unchanged {
                    _ = try await plan.application.run(.commit)
                }
            }
            let previews = plans.map(\.preview)
            try context.output.done(previews.flatMap(\.lines), previews)
        }
    }

    /// An entry with its metadata, and what applying it comes to.
    private struct Plan {
        let application: WorkspaceApplication
        let preview: WorkspacePreview
    }

    /// Tries every entry before the first is written, and reports the refusals of all.
    private static func plans(of entries: [WorkspaceEntry], in context: OperatorContext) async throws -> [Plan] {
        var plans: [Plan] = []
        var refusals = CollectedRefusals()
        var seen: Set<String> = []
        for entry in entries {
            let plan = try await refusals.attempt {
                do {
                    return try await Self.plan(entry, in: context)
                } catch {
                    throw Self.naming(entry, AdministrationFailure.explain(error))
                }
            }
            plans += [plan].compactMap { $0 }
            if !seen.insert(CompanyID(entry.companyID)?.folded ?? entry.companyID).inserted {
                refusals.add("\(entry.companyID): has an entry already: put everything of one workspace into one entry")
            }
        }
        try refusals.check("; ")
        return plans
    }

    private static func plan(_ entry: WorkspaceEntry, in context: OperatorContext) async throws -> Plan {
        let current = try await entry.current(in: context)
        let entry = try await entry.withMetadata(over: current?.identityProvider, in: context)
        let application = WorkspaceApplication(entry: entry, context: context)
        return Plan(application: application, preview: try await application.run(.rollBack))
    }

    /// A refusal with the workspace that it is about.
    private static func naming(_ entry: WorkspaceEntry, _ error: any Error) -> any Error {
        guard let refusal = error as? CommandRefusal else { return error }
        return CommandRefusal("\(entry.companyID): \(refusal.line)")
    }
}
