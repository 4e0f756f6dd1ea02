import Foundation

/// The server that takes mail, from a URL such as `smtps://user:password@mail.example:465`.
///
/// It holds a password, so that its description is host and port alone.
package struct MailServer: Hashable, Sendable {
    /// How the way there is protected.
    package enum Security: Hashable, Sendable {
        /// Not at all: the server is on this machine.
        case none
        /// By STARTTLS (RFC 3207), without which nothing is sent.
        case startTLS
        /// By TLS from the first byte (RFC 8314).
        case tls
    }

    /// The host.
    package let host: String
    /// The port.
    package let port: Int
    /// How the way there is protected.
    package let security: Security
    let user: String?
    let password: String?

    /// Takes a URL apart; without a port it is 587 for `smtp` and 465 for `smtps`.
    ///
    /// - Returns: `nil` unless the text is a URL of these schemes with a host, without path, query and fragment.
    package init?(url text: String) {
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            ["smtp", "smtps"].contains(scheme), let host = components.host, Self.isHost(host),
            ["", "/"].contains(components.path), components.query == nil, components.fragment == nil
        else { return nil }
        let port = components.port ?? (scheme == "smtps" ? 465 : 587)
        let credentials = [components.user, components.password].compactMap { $0 }
        guard (1...65_535).contains(port), credentials.allSatisfy(Self.isPrintable) else { return nil }
        self.host = host
        self.port = port
        self.security = scheme == "smtps" ? .tls : Self.isLoopback(host) ? .none : .startTLS
        self.user = components.user
        self.password = components.password
    }

    /// Host and port, for messages.
    package var endpoint: String { "\(self.host):\(self.port)" }

    /// The URL for the library, without name and password; its path is what we call ourselves in EHLO, where the library would
    /// tell the name of this machine.
    func url(callingUs host: String) -> String {
        "\(self.security == .tls ? "smtps" : "smtp")://\(self.endpoint)/\(host)"
    }

    /// The names that mean this machine whatever resolves them.
    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased())
    }

    private static func isHost(_ host: String) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case _: ".-:[]".utf8.contains(byte)
                }
            }
    }

    /// What stands in a command of SMTP must not end it.
    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }
}

extension MailServer: CustomStringConvertible, CustomReflectable {
    /// Host and port alone.
    package var description: String { self.endpoint }

    /// Nothing, so that no dump reveals the password.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
