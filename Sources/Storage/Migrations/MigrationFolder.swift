package import Foundation

/// Finds and reads the folder of migrations.
package enum MigrationFolder {
    /// The folder's name.
    private static let name = "Migrations"

    /// Finds the folder: above the executable, above the current folder, or where a package puts it.
    ///
    /// - Throws: ``MigrationError/folderNotFound(lookedIn:)``.
    package static func locate(
        executable: URL? = Bundle.main.executableURL,
        currentFolder: URL = URL(filePath: FileManager.default.currentDirectoryPath),
        installed: URL = URL(filePath: "/usr/share/portico/Migrations")
    ) throws(MigrationError) -> URL {
        let starts = [executable?.resolvingSymlinksInPath().deletingLastPathComponent(), currentFolder]
        let candidates = starts.compactMap { $0 }.flatMap(Self.folders(upFrom:)) + [installed]
        guard let folder = candidates.first(where: Self.holdsMigrations) else {
            throw .folderNotFound(
                lookedIn: starts.compactMap { $0?.path }.map { "\($0) and above" } + [installed.path]
            )
        }
        return folder
    }

    /// Reads every migration of a folder, in the order of their versions.
    ///
    /// - Throws: ``MigrationError``.
    package static func read(_ folder: URL) throws(MigrationError) -> [Migration] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw .folderNotFound(lookedIn: [folder.path])
        }
        var migrations: [Migration] = []
        for name in names.sorted() where name.hasSuffix(".sql") {
            guard let contents = FileManager.default.contents(atPath: folder.appending(path: name).path) else {
                throw .malformed(file: name, reason: "it cannot be read")
            }
            let migration = try Migration(fileName: name, contents: Array(contents))
            guard migrations.last?.version != migration.version else {
                throw .duplicateVersion(migration.version)
            }
            migrations.append(migration)
        }
        return migrations
    }

    private static func folders(upFrom start: URL) -> [URL] {
        var folders: [URL] = []
        var folder = start.standardizedFileURL
        while true {
            folders.append(folder.appending(path: Self.name))
            guard folder.path != "/" else {
                return folders
            }
            folder = folder.deletingLastPathComponent().standardizedFileURL
        }
    }

    private static func holdsMigrations(_ folder: URL) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.contains { $0.hasSuffix(".sql") }
    }
}
