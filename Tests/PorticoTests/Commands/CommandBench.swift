import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage
import Testing
import XMLSecurity

@testable import Portico

/// A migrated database with the program over it, for tests of the operator's commands.
struct CommandBench {
    let folder: TemporaryFolder
    /// The libpq URI of the database.
    let uri: String
    private var environment: [String: String]

    /// Makes a database of its own.
    init(secretKey: String? = SettingsExample.secretKey) async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        self.folder = try TemporaryFolder()
        self.uri = database.uri
        self.environment = [
            "PORTICO_DATABASE_URL": database.uri, "PORTICO_PUBLIC_URL": "https://apps.example.com",
            "PORTICO_UPSTREAM": "http://127.0.0.1:9",
        ]
        self.environment["PORTICO_SECRET_KEY"] = secretKey
    }

    /// The database, as its owner sees it.
    var databaseURI: String? { self.environment["PORTICO_DATABASE_URL"] }

    /// The same database under a setting with another value.
    func changed(_ variable: String, to value: String) -> CommandBench {
        var bench = self
        bench.environment[variable] = value
        return bench
    }

    /// The same database without a setting.
    func without(_ variable: String) -> CommandBench {
        var bench = self
        bench.environment[variable] = nil
        return bench
    }

    /// Connections as a node has them, which whoever asked for them shuts down.
    func servicePool() throws -> ConnectionPool {
        ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: self.uri,
                sessionRole: StorageRole.service,
                poolSize: 2,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Runs the program.
    func run(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun(arguments, environment: self.environment)
    }

    /// Runs the program.
    func run(_ arguments: [String]) async throws -> ProgramRun {
        try await ProgramRun(arguments, environment: self.environment)
    }

    /// Runs the program, which must succeed, with `--json`, and reads what it wrote.
    func json(_ arguments: String...) async throws -> JSONValue {
        try await self.json(arguments)
    }

    /// Runs a command with `--json` that must succeed.
    func json(_ arguments: [String]) async throws -> JSONValue {
        let run = try await ProgramRun(arguments + ["--json"], environment: self.environment)
        try #require(run.status == 0, "\(run.errors)")
        return try JSONDecoder().decode(JSONValue.self, from: Data(run.output.utf8))
    }

    /// Runs a statement that changes the database under the program, as its owner.
    func change(_ statement: SQL) async throws {
        _ = try await self.query(statement)
    }

    /// The column `number` of the one row that a statement reads, as the owner of the database.
    func number(_ statement: SQL) async throws -> Int {
        try await self.query(statement).singleRow().value("number")
    }

    private func query(_ statement: SQL) async throws -> QueryResult {
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: self.uri, poolSize: 1),
            logger: Logger(label: "portico.tests") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            let result = try await pool.query(statement)
            await pool.shutDown()
            return result
        } catch {
            await pool.shutDown()
            throw error
        }
    }

    /// Writes a file and answers its path.
    func file(_ name: String, _ text: String) throws -> String {
        let location = self.folder.url.appending(path: name)
        try Data(text.utf8).write(to: location)
        return location.path
    }

    /// A file with a fresh signing certificate.
    func certificate(_ name: String = "idp.pem") throws -> String {
        let now = Date()
        let certificate = try SigningKey.generate(.p256)
            .selfSignedCertificate(
                commonName: "idp.example",
                notBefore: now,
                notAfter: now.addingTimeInterval(365 * 86_400)
            )
        return try self.file(name, certificate.pem)
    }
}
