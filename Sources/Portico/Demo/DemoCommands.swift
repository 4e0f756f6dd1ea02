import Foundation

/// What a shell reads to run the operator's commands on the demonstration: the file `commands` in its folder, there while it
/// is ready.
struct DemoCommands: Hashable, Sendable {
    let publicURL: String
    let databaseURL: String
    let secretKeyFile: String
    let program: String

    /// Where the file is.
    static func location(in folder: URL) -> URL {
        folder.appending(path: "commands")
    }

    /// The text of the file.
    var text: String {
        """
        # In another terminal, while the demonstration runs:
        #
        #     . .portico/commands
        #     portico workspace list
        export PORTICO_PUBLIC_URL=\(Self.quoted(self.publicURL))
        export PORTICO_DATABASE_URL=\(Self.quoted(self.databaseURL))
        export PORTICO_SECRET_KEY_FILE=\(Self.quoted(self.secretKeyFile))
        portico() { \(Self.quoted(self.program)) "$@"; }

        """
    }

    /// Writes the file for its owner's eyes only: the address of the database may hold a password.
    func write(in folder: URL) throws {
        let file = Self.location(in: folder)
        try? FileManager.default.removeItem(at: file)
        let isWritten = FileManager.default.createFile(
            atPath: file.path,
            contents: Data(self.text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw CocoaError(.fileWriteUnknown) }
    }

    /// A text as one word of a POSIX shell.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
