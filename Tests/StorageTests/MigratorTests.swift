import Foundation
import PostgreSQL
import Storage
import Testing

@Suite("Migrating", .serialized)
struct MigratorTests {
    private func migrations() throws -> [Migration] {
        try MigrationFolder.read(TestStorage.migrationFolder)
    }

    private func migration(_ number: Int, _ statements: String) throws -> Migration {
        try Migration(fileName: "000\(number)_test.sql", contents: Array("-- migrate:up\n\(statements)\n".utf8))
    }

    @Test func everyMigrationIsAppliedOnce() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            let migrations = try self.migrations()
            let migrator = Migrator(configuration: configuration, migrations: migrations)
            let before = try await migrator.status()
            #expect(before.allSatisfy { $0.appliedAt == nil })
            #expect(try await migrator.migrate() == migrations)
            #expect(try await migrator.migrate().isEmpty)
            let after = try await migrator.status()
            #expect(after.allSatisfy { $0.appliedAt != nil })
            #expect(after.count == migrations.count)
        }
    }

    @Test func twoMigratorsOfOneDatabaseShareTheWork() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            let migrations = try self.migrations()
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await Migrator(configuration: configuration, migrations: migrations).migrate().count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == migrations.count)
        }
    }

    @Test func databasesOfOneClusterAreMigratedAtOnce() async throws {
        let migrations = try self.migrations()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await TestStorage.withEmptyDatabase { configuration in
                        _ = try await Migrator(configuration: configuration, migrations: migrations).migrate()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aFailingMigrationLeavesNothingBehind() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            let good = try self.migration(1, "CREATE TABLE first (a bigint);")
            let bad = try self.migration(2, "CREATE TABLE second (a bigint); SELECT 1/0;")
            let migrator = Migrator(configuration: configuration, migrations: [good, bad])
            await #expect(throws: PostgreSQLError.self) { _ = try await migrator.migrate() }
            #expect(try await migrator.status().map { $0.appliedAt == nil } == [false, true])
            let mended = try self.migration(2, "CREATE TABLE second (a bigint);")
            let again = Migrator(configuration: configuration, migrations: [good, mended])
            #expect(try await again.migrate() == [mended])
        }
    }

    @Test func aFileThatChangedAfterItsUseIsRefused() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            _ = try await Migrator(
                configuration: configuration,
                migrations: [try self.migration(1, "SELECT 1;")]
            )
            .migrate()
            let changed = Migrator(configuration: configuration, migrations: [try self.migration(1, "SELECT 2;")])
            await #expect(throws: MigrationError.checksumMismatch(file: "0001_test.sql")) {
                _ = try await changed.migrate()
            }
            await #expect(throws: MigrationError.checksumMismatch(file: "0001_test.sql")) {
                _ = try await changed.status()
            }
        }
    }

    @Test func aDatabaseOfANewerVersionIsLeftAlone() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            let first = try self.migration(1, "SELECT 1;")
            let second = try self.migration(2, "SELECT 2;")
            _ = try await Migrator(configuration: configuration, migrations: [first, second]).migrate()
            await #expect(throws: MigrationError.unknownVersion("0002")) {
                _ = try await Migrator(configuration: configuration, migrations: [first]).migrate()
            }
        }
    }

    @Test func aFileThatComesTooLateIsRefused() async throws {
        try await TestStorage.withEmptyDatabase { configuration in
            let first = try self.migration(1, "SELECT 1;")
            let second = try self.migration(2, "SELECT 2;")
            _ = try await Migrator(configuration: configuration, migrations: [second]).migrate()
            await #expect(throws: MigrationError.outOfOrder(file: "0001_test.sql")) {
                _ = try await Migrator(configuration: configuration, migrations: [first, second]).migrate()
            }
        }
    }
}
