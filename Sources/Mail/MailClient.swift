import Dispatch

/// Hands messages to the server (RFC 5321), over libcurl.
///
/// Each message has a connection of its own. The library waits for the server: a client has one thread for that, which no
/// event loop and no task waits on, and hands over one message after the other.
package struct MailClient: Sendable {
    /// The server.
    package let server: MailServer
    private let authorities: String?
    private let limit: Duration
    private let lane = DispatchQueue(label: "portico.mail")

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - server: The server.
    ///   - authorities: The path of a file with the certificates to trust, in PEM; those of the system when nil.
    ///   - limit: How long one message may take, however the server behaves; whole seconds count.
    package init(server: MailServer, authorities: String? = nil, limit: Duration = .seconds(20)) {
        self.server = server
        self.authorities = authorities
        self.limit = limit
    }

    /// Hands a message over.
    ///
    /// When this throws ``MailFailure/unavailable(_:)`` after the message was written, the server may have it all the same:
    /// SMTP cannot tell (RFC 5321, 4.5.3.2.6).
    ///
    /// - Throws: ``MailFailure``.
    package func send(_ message: MailMessage) async throws(MailFailure) {
        try await self.run(.message(message))
    }

    /// Speaks with the server as far as it goes without a message: TLS and sign-in among it.
    ///
    /// - Parameter sender: Who would send; we call ourselves by the host name of the address.
    /// - Throws: ``MailFailure``.
    package func greet(as sender: MailAddress) async throws(MailFailure) {
        try await self.run(.greeting(from: sender.domain))
    }

    private func run(_ purpose: MailTransfer.Purpose) async throws(MailFailure) {
        let transfer = MailTransfer(
            server: self.server,
            purpose: purpose,
            authorities: self.authorities,
            limit: self.limit
        )
        let result: Result<Void, MailFailure> = await withCheckedContinuation { continuation in
            self.lane.async { continuation.resume(returning: transfer.run()) }
        }
        try result.get()
    }
}
