import Foundation
import Storage
import Testing

@Suite("Migration files")
struct MigrationTests {
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var fileName = "0001_first.sql"
        var contents = Array("-- migrate:up\nSELECT 1;\n-- migrate:down\n".utf8)
    }

    static let defects = [
        Defect(testDescription: "no number", fileName: "first.sql"),
        Defect(testDescription: "not SQL by its name", fileName: "0001_first.txt"),
        Defect(testDescription: "no beginning", contents: Array("SELECT 1;\n".utf8)),
        Defect(testDescription: "an option", contents: Array("-- migrate:up transaction:false\nSELECT 1;\n".utf8)),
        Defect(
            testDescription: "the end before the beginning",
            contents: Array("-- migrate:down\n-- migrate:up\n".utf8)
        ),
        Defect(testDescription: "not UTF-8", contents: [0xff, 0xfe]),
    ]

    @Test(arguments: defects)
    func aFileOfAnotherFormIsRefused(_ defect: Defect) {
        #expect(throws: MigrationError.self) {
            try Migration(fileName: defect.fileName, contents: defect.contents)
        }
    }

    @Test func theFilesOfThisVersionAreRead() throws {
        let migrations = try MigrationFolder.read(TestStorage.migrationFolder)
        #expect(migrations.map(\.version) == migrations.map(\.version).sorted())
        #expect(migrations.first?.fileName == "0001_roles.sql")
    }

    @Test func theFolderIsFoundAboveTheExecutable() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let migrations = root.appending(path: "Migrations")
        let elsewhere = root.appending(path: "elsewhere")
        for folder in [migrations, root.appending(path: "build/debug"), elsewhere] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        try Data("-- migrate:up\n".utf8).write(to: migrations.appending(path: "0001_first.sql"))
        let nowhere = URL(filePath: "/nonexistent")
        let found = try MigrationFolder.locate(
            executable: root.appending(path: "build/debug/portico"),
            currentFolder: nowhere,
            installed: nowhere
        )
        #expect(found.resolvingSymlinksInPath() == migrations.resolvingSymlinksInPath())
        #expect(throws: MigrationError.self) {
            try MigrationFolder.locate(executable: nil, currentFolder: nowhere, installed: nowhere)
        }
    }

    @Test func twoFilesOfOneVersionAreRefused() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["0001_a.sql", "0001_b.sql"] {
            try Data("-- migrate:up\n".utf8).write(to: folder.appending(path: name))
        }
        #expect(throws: MigrationError.duplicateVersion("0001")) { try MigrationFolder.read(folder) }
    }
}
