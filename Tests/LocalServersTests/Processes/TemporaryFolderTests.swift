import Foundation
import Testing

@testable import LocalServers

@Suite("A folder that goes with its process") struct TemporaryFolderTests {
    @Test func onlyThisAccountCanEnterIt() throws {
        let folder = try TemporaryFolder()
        let mode = try FileManager.default.attributesOfItem(atPath: folder.url.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func isRemovedWithWhatItHolds() async throws {
        let folder = try TemporaryFolder()
        try Data("text".utf8).write(to: folder.url.appending(path: "file"))
        await folder.remove()
        #expect(!FileManager.default.fileExists(atPath: folder.url.path))
    }

    @Test func isRemovedWhenNothingHoldsItAnyMore() async throws {
        let path = try TemporaryFolder().url.path
        try await eventually { !FileManager.default.fileExists(atPath: path) }
    }

    @Test func staysAsLongAsTheLockFileDoes() async throws {
        let folder = try TemporaryFolder(waitingFor: "lock")
        let lock = folder.url.appending(path: "lock")
        try Data().write(to: lock)
        async let removal: Void = folder.remove()
        #expect(FileManager.default.fileExists(atPath: lock.path))
        try FileManager.default.removeItem(at: lock)
        await removal
        #expect(!FileManager.default.fileExists(atPath: folder.url.path))
    }
}
