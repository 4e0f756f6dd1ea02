import Foundation
import Testing

@testable import LocalServers

@Suite("A PostgreSQL cluster of one's own") struct PrivateClusterTests {
    /// Runs `psql` and returns what it printed.
    private func psql(_ statement: String, at uri: String) async throws -> String {
        let folder = try TemporaryFolder()
        let log = folder.url.appending(path: "psql.log")
        try await Command.run(["psql", "-X", "-q", "-A", "-t", "-c", statement, uri], log: log)
        return try String(contentsOf: log, encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    @Test func theSharedOneIsStartedOnceAndAnswers() async throws {
        async let first = PrivateCluster.shared()
        async let second = PrivateCluster.shared()
        let (cluster, same) = try await (first, second)
        #expect(cluster === same)
        #expect(try await self.psql("SHOW server_encoding", at: cluster.uri()) == "UTF8")
        #expect(try await self.psql("SHOW listen_addresses", at: cluster.uri()).isEmpty)
    }

    @Test func theURICarriesNamesThatNeedEscaping() async throws {
        let cluster = try await PrivateCluster.shared()
        let name = "a b/c?d&é\(Int.random(in: 0..<1_000_000))"
        _ = try await self.psql("CREATE DATABASE \"\(name)\"", at: cluster.uri())
        #expect(try await self.psql("SELECT current_database()", at: cluster.uri(database: name)) == name)
    }

    @Test func aTemporaryOneGoesWithItsFolder() async throws {
        let folder: URL
        do {
            let cluster = try await PrivateCluster.temporary()
            folder = cluster.folder
            #expect(try await self.psql("SELECT 1", at: cluster.uri()) == "1")
            await cluster.stop()
        }
        try await eventually { !FileManager.default.fileExists(atPath: folder.path) }
    }

    @Test func keepsItsDataOverAStopAndAnotherStart() async throws {
        let folder = try TemporaryFolder(waitingFor: "cluster/data/postmaster.pid")
        // The account of the cluster must be able to come through.
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder.url.path)
        let place = folder.url.appending(path: "cluster", directoryHint: .isDirectory)
        let first = try await PrivateCluster.start(in: place, durability: .disposable)
        _ = try await self.psql("CREATE TABLE kept AS SELECT 42 AS answer", at: first.uri())
        try await first.restart()
        #expect(try await self.psql("SELECT answer FROM kept", at: first.uri()) == "42")
        await first.stop()
        await #expect(throws: LocalServerError.self) { try await self.psql("SELECT 1", at: first.uri()) }

        let second = try await PrivateCluster.start(in: place, durability: .disposable)
        #expect(try await self.psql("SELECT answer FROM kept", at: second.uri()) == "42")
        await second.stop()
        #expect(!FileManager.default.fileExists(atPath: place.appending(path: "data/postmaster.pid").path))
    }

    @Test func liesElsewhereWhenItsAccountCannotEnterTheFolder() async throws {
        try #require(geteuid() == 0, "Only root runs PostgreSQL under another account.")
        // The folder is closed to everybody but root, as root's home is.
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "cluster", directoryHint: .isDirectory)
        let cluster = try await PrivateCluster.start(in: place, durability: .disposable)
        #expect(cluster.folder.path.hasPrefix("/var/tmp/portico-"))
        #expect(place.resolvingSymlinksInPath().path == cluster.folder.path)
        _ = try await self.psql("CREATE TABLE kept AS SELECT 42 AS answer", at: cluster.uri())
        await cluster.stop()

        let again = try await PrivateCluster.start(in: place, durability: .disposable)
        #expect(again.folder == cluster.folder)
        #expect(try await self.psql("SELECT answer FROM kept", at: again.uri()) == "42")
        await again.stop()
        try FileManager.default.removeItem(at: cluster.folder)
    }

    @Test func aPathTooLongForASocketGetsAShortOne() async throws {
        let folder = try TemporaryFolder(waitingFor: "data/postmaster.pid")
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder.url.path)
        let place = folder.url.appending(path: String(repeating: "long", count: 25), directoryHint: .isDirectory)
        let cluster = try await PrivateCluster.start(in: place, durability: .disposable)
        #expect(cluster.socketFolder.path.utf8.count < 90)
        #expect(try await self.psql("SELECT 1", at: cluster.uri()) == "1")
        await cluster.stop()
    }

    @Test func startsOverWhenItsMakingWasInterrupted() async throws {
        let folder = try TemporaryFolder(waitingFor: "cluster/data/postmaster.pid")
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder.url.path)
        let place = folder.url.appending(path: "cluster", directoryHint: .isDirectory)
        for half in ["data", "data.unfinished"] {
            let remains = place.appending(path: half, directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: remains, withIntermediateDirectories: true)
            try Data().write(to: remains.appending(path: "remains"))
        }
        try ClusterFolder.close(place, for: .suitable)
        let cluster = try await PrivateCluster.start(in: place, durability: .disposable)
        #expect(try await self.psql("SELECT 1", at: cluster.uri()) == "1")
        await cluster.stop()
    }

    @Test func refusesAClusterOfAVersionThatIsNotInstalled() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder.url.path)
        let place = folder.url.appending(path: "cluster", directoryHint: .isDirectory)
        let data = place.appending(path: "data", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Data("8\n".utf8).write(to: data.appending(path: "PG_VERSION"))
        try ClusterFolder.close(place, for: .suitable)
        await #expect(throws: LocalServerError.clusterOfOtherVersion(version: "8", folder: place.path)) {
            try await PrivateCluster.start(in: place)
        }
    }
}
