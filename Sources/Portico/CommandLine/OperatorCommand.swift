import ArgumentParser
import Foundation
import Storage
import Workspaces

/// A command with which the operator works on the installation; each run leaves an event in the operator's audit log.
protocol OperatorCommand: AsyncParsableCommand, Sendable {
    /// The flags of all of them.
    var options: OperatorOptions { get set }

    /// The workspace as it was typed; nil for a command that is about none, or about several.
    var namedWorkspace: String? { get }
}

extension OperatorCommand {
    var namedWorkspace: String? { nil }

    /// Runs the command, and writes down that it was run and how it ended.
    ///
    /// What it changes, it tells the operator's log in the transaction that changes it; see ``OperatorRun``. What was refused
    /// has changed nothing and is told here.
    ///
    /// - Throws: What `run()` throws; the failures of the database where the run could not be written down.
    mutating func runAudited() async throws {
        let run = OperatorRun(of: Self.self, environment: ProcessInfo.processInfo.environment)
        self.options.run = run
        do {
            try await self.run()
        } catch {
            await self.noteRefusal(error, of: run)
            throw error
        }
        try await self.options.withOperator { context in
            try await self.note(run.event(about: self.namedWorkspace, refusal: nil, now: Date()), context)
        }
    }

    private func noteRefusal(_ error: any Error, of run: OperatorRun) async {
        let event = run.event(about: self.namedWorkspace, refusal: error, now: Date())
        do {
            try await self.options.withOperator { try await self.note(event, $0) }
        } catch let failure {
            // Without settings or a database nothing can be written, and that is what the command itself says.
            let told = (error as? CommandRefusal)?.line
            guard let line = (failure as? CommandRefusal)?.line, line != told else { return }
            self.options.output.note("the operator's audit log could not be told: \(PrintableText.escaped(line))")
        }
    }

    private func note(_ event: AuditEvent, _ context: OperatorContext) async throws {
        try await AuditStore(pool: context.pool).appendForOperator(event)
    }
}

/// A command of the operator's about one workspace.
protocol WorkspaceOperatorCommand: OperatorCommand {
    /// The workspace as it was typed.
    var companyID: String { get }
}

extension WorkspaceOperatorCommand {
    var namedWorkspace: String? { self.companyID }
}
