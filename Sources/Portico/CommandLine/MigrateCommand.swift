import ArgumentParser
import Foundation
import PostgreSQL
import Storage

/// `portico migrate`: brings the database to the schema of this version, or shows what is pending.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Apply the migrations that the database lacks.",
        discussion:
            "Works as the login of PORTICO_MIGRATE_DATABASE_URL, or else of PORTICO_DATABASE_URL, which must own the database."
    )

    @Flag(help: "Change nothing; show which migrations are applied and which are pending.")
    var status = false

    @Option(help: ArgumentHelp("The folder of migrations; found near the program by default.", valueName: "folder"))
    var migrations: String?

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let settings = try self.options.input.operatorSettings()
        let configuration = try PostgreSQLConfiguration(uri: settings.database.ownerURL.reveal())
        do {
            let migrator = try Migrator.beside(configuration, folder: self.migrations)
            if self.status {
                try await self.show(migrator)
            } else {
                try await self.apply(migrator)
            }
        } catch {
            throw DatabaseRefusal.explain(error, endpoint: configuration.endpoint)
        }
    }

    private func show(_ migrator: Migrator) async throws {
        let rows = try await migrator.status()
            .map { status in
                MigrationRow(version: status.version, file: status.fileName, appliedAt: status.appliedAt)
            }
        try self.options.output.list(
            rows,
            columns: ["version", "file", "applied"],
            cells: { [$0.version, $0.file, $0.appliedAt?.formatted(.iso8601) ?? "pending"] },
            whenEmpty: "there are no migrations"
        )
    }

    private func apply(_ migrator: Migrator) async throws {
        let output = self.options.output
        let now = Date()
        let applied = try await migrator.migrate(
            now: { now },
            onApplied: { migration in
                if output.format == .human { output.line("applied \(migration.fileName)") }
            }
        )
        let rows = applied.map { MigrationRow(version: $0.version, file: $0.fileName, appliedAt: now) }
        try output.done(applied.isEmpty ? "nothing to do: every migration is applied" : "done", rows)
    }
}
