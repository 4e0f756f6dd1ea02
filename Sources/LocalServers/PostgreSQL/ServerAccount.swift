import Foundation

/// The account that PostgreSQL runs under: this process's own, or `postgres` when this process is root, which
/// PostgreSQL refuses to be.
enum ServerAccount: Hashable, Sendable {
    /// This process's own account.
    case own
    /// The account that the Debian package made.
    case postgres

    /// The account to use for this process.
    static var suitable: ServerAccount { geteuid() == 0 ? .postgres : .own }

    /// The account's name.
    var name: String {
        switch self {
        case .own: NSUserName()
        case .postgres: "postgres"
        }
    }

    /// The command, run under the account.
    func command(_ command: [String]) -> [String] {
        switch self {
        case .own: command
        case .postgres: ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] + command
        }
    }

    /// Makes the account the owner of the folder.
    func own(_ folder: URL) throws {
        guard self == .postgres else { return }
        try FileManager.default.setAttributes(
            [.ownerAccountName: self.name, .groupOwnerAccountName: self.name],
            ofItemAtPath: folder.path
        )
    }

    /// Tells whether the account can reach and write the folder.
    func canWrite(_ folder: URL) async -> Bool {
        do {
            try await Command.run(
                self.command(["test", "-w", folder.path]),
                folder: URL(filePath: "/"),
                log: URL(filePath: "/dev/null")
            )
            return true
        } catch {
            return false
        }
    }
}
