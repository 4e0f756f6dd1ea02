import Foundation

/// The server programs of one installed PostgreSQL.
struct PostgreSQLInstallation: Hashable, Sendable {
    /// The folder that holds `initdb` and `postgres`.
    let binaries: URL

    /// Finds the newest installed PostgreSQL, or the one of the major version.
    ///
    /// Debian keeps each major version in a folder of its own, outside `PATH`.
    ///
    /// - Throws: `LocalServerError.programMissing` when there is none.
    static func find(majorVersion: String? = nil) throws -> PostgreSQLInstallation {
        let debian = URL(filePath: "/usr/lib/postgresql")
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian.path)) ?? [])
            .filter { majorVersion == nil || $0 == majorVersion }
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
            .map { debian.appending(path: "\($0)/bin", directoryHint: .isDirectory) }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(filePath: String($0), directoryHint: .isDirectory) }
        for folder in versions + (majorVersion == nil ? path : []) {
            let programs = ["initdb", "postgres"].map { folder.appending(path: $0).path }
            if programs.allSatisfy(FileManager.default.isExecutableFile(atPath:)) {
                return PostgreSQLInstallation(binaries: folder)
            }
        }
        throw LocalServerError.programMissing(
            name: "PostgreSQL \(majorVersion ?? "")".trimmingCharacters(in: .whitespaces),
            package: "postgresql"
        )
    }

    /// The path of one of its programs.
    func program(_ name: String) -> String {
        self.binaries.appending(path: name).path
    }
}
