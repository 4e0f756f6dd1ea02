import Foundation

/// Makes the folder that a cluster lives in reachable for the account that runs it.
enum ClusterFolder {
    /// Makes or finds the folder and returns where it really is.
    ///
    /// A clone in root's home cannot be entered by `postgres`. The cluster is then kept under `/var/tmp`, which outlives
    /// a restart of the machine, and the folder that was asked for becomes a link to it.
    ///
    /// - Throws: `LocalServerError.folderOwnedBy` when another account made it; Foundation's errors.
    static func prepare(_ folder: URL, for account: ServerAccount) async throws -> URL {
        let files = FileManager.default
        let exists = files.fileExists(atPath: folder.path)
        if !exists {
            // A link whose target is gone does not exist in this sense, but is in the way.
            if (try? files.destinationOfSymbolicLink(atPath: folder.path)) != nil { try files.removeItem(at: folder) }
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            try Self.close(folder, for: account)
        }
        let place = folder.resolvingSymlinksInPath()
        if await account.canWrite(place) { return place }
        if exists, !(try files.contentsOfDirectory(atPath: folder.path)).isEmpty {
            let owner = try files.attributesOfItem(atPath: folder.path)[.ownerAccountName] as? String
            throw LocalServerError.folderOwnedBy(account: owner ?? "unknown", folder: folder.path)
        }
        let elsewhere = try TemporaryFolder.make(under: "/var/tmp")
        try Self.close(elsewhere, for: account)
        try files.removeItem(at: folder)
        try files.createSymbolicLink(at: folder, withDestinationURL: elsewhere)
        return elsewhere
    }

    /// Lets the account, and nobody else but root, into the folder: its socket asks for no password.
    static func close(_ folder: URL, for account: ServerAccount) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
        try account.own(folder)
    }
}
