package import Foundation

/// A mail server of this machine that keeps what it takes: aiosmtpd, which Debian has.
///
/// It refuses whoever is called `nobody`, and puts off whoever is called `later`.
package final class MailCatcher: Sendable {
    /// How the way to the server is protected.
    package enum Security: String, Hashable, Sendable {
        /// Not at all.
        case plain
        /// By STARTTLS, after which it wants to know ``account``.
        case startTLS
        /// By TLS from the first byte.
        case tls
    }

    /// The name and the password that the server knows.
    package static let account = (name: "portico", password: "correct horse")

    /// The address that it listens on.
    package let host: String
    /// The port that it listens on.
    package let port: Int
    private let folder: TemporaryFolder
    private let server: ChildProcess

    /// The messages that it has taken, each with its headers as they came.
    package var messages: [String] {
        let inbox = self.folder.url.appending(path: "mail/new")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: inbox.path)) ?? []
        return names.sorted().compactMap { try? String(contentsOf: inbox.appending(path: $0), encoding: .utf8) }
    }

    /// The file of its certificate, for this address, which nobody but itself has signed.
    package var certificate: URL { Self.certificate(in: self.folder.url) }

    private init(host: String, port: Int, folder: TemporaryFolder, server: ChildProcess) {
        self.host = host
        self.port = port
        self.folder = folder
        self.server = server
    }

    /// Starts one on a port that the system chooses.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - security: How the way there is protected.
    ///   - maximumSize: The greatest size of a message in bytes, over which it is refused.
    /// - Returns: The server, which answers.
    /// - Throws: `LocalServerError` when it does not start, and Foundation's errors about its folder.
    package static func start(
        on host: String = "127.0.0.1",
        security: Security = .plain,
        maximumSize: Int = 1_000_000
    ) async throws -> MailCatcher {
        let folder = try TemporaryFolder()
        if security != .plain { try await Self.makeCertificate(for: host, in: folder.url) }
        let server = try ChildProcess(
            ["/usr/bin/python3", "-c", Self.program, host, security.rawValue, "\(maximumSize)"],
            folder: folder.url,
            log: folder.url.appending(path: "log")
        )
        let file = folder.url.appending(path: "port")
        try await Readiness.wait(for: "aiosmtpd of the Debian package python3-aiosmtpd", server) {
            FileManager.default.fileExists(atPath: file.path)
        }
        guard let port = Int(try String(contentsOf: file, encoding: .utf8)) else {
            throw LocalServerError.noFreePort(host: host)
        }
        return MailCatcher(host: host, port: port, folder: folder, server: server)
    }

    /// Stops it.
    package func stop() async {
        await self.server.stop()
    }

    private static func certificate(in folder: URL) -> URL { folder.appending(path: "certificate.pem") }

    private static func makeCertificate(for host: String, in folder: URL) async throws {
        try await Command.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-sha256", "-days", "2",
                "-subj", "/CN=Portico mail server of tests", "-addext", "subjectAltName=IP:\(host)",
                "-keyout", folder.appending(path: "key.pem").path, "-out", Self.certificate(in: folder).path,
            ],
            log: folder.appending(path: "openssl.log")
        )
    }
}
