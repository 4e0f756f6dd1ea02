import Foundation
import Logging
import PostgreSQL
import Storage
import Workspaces

/// What a command of the operator works with: the settings, the database as the operator's role, and the output.
struct OperatorContext: Sendable {
    /// The configuration.
    let settings: OperatorSettings

    /// Connections that take the role `portico_operator`; every store is made over it.
    let pool: ConnectionPool

    /// Where the command writes.
    let output: CommandOutput

    /// The present, the same for the whole command.
    let now: Date

    /// A change of a person's membership, as the operator asks for it.
    func request(_ attempt: MemberChangeAttempt, of email: Email, in workspace: Workspace) -> MemberChangeRequest {
        MemberChangeRequest(
            attempt,
            of: email,
            in: WorkspaceScope(workspace.id),
            catalogue: self.settings.members.roles,
            management: self.settings.members.management,
            actor: .operator,
            now: self.now
        )
    }
}

extension OperatorOptions {
    /// Reads the configuration, opens the database for the time of `body`, and translates its failures.
    ///
    /// - Throws: ``SettingsMistakes``; ``CommandRefusal`` when the database does not answer or lacks migrations; what
    ///   `body` throws.
    func withOperator(_ body: (OperatorContext) async throws -> Void) async throws {
        let settings = try self.input.operatorSettings()
        var configuration = try PostgreSQLConfiguration(
            uri: settings.database.ownerURL.reveal(),
            sessionRole: StorageRole.operator,
            applicationName: "portico operator",
            poolSize: 2
        )
        configuration.sessionSettings = self.run?.sessionSettings ?? [:]
        let logger = PorticoLogging.logger(
            label: "portico.operator",
            settings: LogSettings(level: max(settings.log.level, .error), format: settings.log.format)
        )
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        let context = OperatorContext(settings: settings, pool: pool, output: self.output, now: Date())
        do {
            try await body(context)
        } catch {
            await pool.shutDown()
            throw DatabaseRefusal.explain(error, endpoint: configuration.endpoint)
        }
        await pool.shutDown()
    }
}
