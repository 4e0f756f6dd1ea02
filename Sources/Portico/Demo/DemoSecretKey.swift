import Foundation

/// The secret key of the demonstration: made at the first run and kept in its folder, for its owner's eyes only.
enum DemoSecretKey {
    /// Where the key of a folder is.
    static func location(in folder: URL) -> URL {
        folder.appending(path: "secret-key")
    }

    /// Reads the key of a folder, or makes it.
    ///
    /// - Throws: ``CommandRefusal`` when the file can be neither read nor written.
    static func load(from folder: URL) throws -> Secret {
        let file = Self.location(in: folder)
        if let text = try? String(contentsOf: file, encoding: .utf8) {
            return Secret(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        var generator = SystemRandomNumberGenerator()
        let key = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let text = key.base64EncodedString()
        let isWritten = FileManager.default.createFile(
            atPath: file.path,
            contents: Data((text + "\n").utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else {
            throw CommandRefusal("cannot write to \(file.path): choose another folder with --folder")
        }
        return Secret(text)
    }
}
