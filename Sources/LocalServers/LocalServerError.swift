/// Why a local server could not be started, in words for the person who ran the command.
package enum LocalServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A program that the server needs is not installed.
    case programMissing(name: String, package: String)
    /// A program ended with a failure; `output` is the end of what it wrote.
    case commandFailed(command: String, status: Int32, output: String)
    /// A server ended before it answered; `output` is the end of its log.
    case endedEarly(server: String, output: String)
    /// A server did not answer in time; `output` is the end of its log.
    case notReady(server: String, output: String)
    /// Another process already listens on the address.
    case portTaken(host: String, port: Int)
    /// No port could be had from the system.
    case noFreePort(host: String)
    /// The folder belongs to another account than the one that would run the server.
    case folderOwnedBy(account: String, folder: String)
    /// The folder's cluster was made by a version of PostgreSQL that is not installed.
    case clusterOfOtherVersion(version: String, folder: String)

    package var description: String {
        switch self {
        case .programMissing(let name, let package):
            "\(name) is not installed; install the Debian package \(package)."
        case .commandFailed(let command, let status, let output):
            "\(command) failed with status \(status): \(output)"
        case .endedEarly(let server, let output):
            "\(server) ended while it started: \(output)"
        case .notReady(let server, let output):
            "\(server) did not answer in time: \(output)"
        case .portTaken(let host, let port):
            "Port \(port) on \(host) is taken by another program."
        case .noFreePort(let host):
            "The system gave no free port on \(host)."
        case .folderOwnedBy(let account, let folder):
            "\(folder) belongs to the account \(account); run as that account, or delete the folder to start afresh."
        case .clusterOfOtherVersion(let version, let folder):
            """
            \(folder) was made by PostgreSQL \(version), which is not installed; install it, or delete the folder to \
            start afresh.
            """
        }
    }
}
