internal import FoundationEssentials

/// The identity provider's sign-in and logout URLs must be https (behavior T4).
///
/// The browser is sent there with a message that nobody must read or change. Plain http to a loopback address is
/// accepted only while Portico's own address is plain http to localhost: the demonstration and tests.
package enum SignInURLRule {
    /// Whether plain http to a loopback address is accepted.
    package enum LoopbackHTTP: Hashable, Sendable {
        /// Portico's own address is `http://localhost`.
        case allowed
        /// Everywhere else.
        case refused
    }

    /// What a URL is for, in the words of whoever pastes it.
    package enum Purpose: String, Hashable, Sendable {
        /// People are sent there to sign in.
        case signIn = "sign-in"
        /// Logout messages are sent there.
        case logout
    }

    /// Says what is wrong with a URL.
    ///
    /// - Returns: `nil` when the URL is good; otherwise whole sentences that say what to paste.
    package static func mistake(
        in text: String,
        of purpose: Purpose = .signIn,
        loopbackHTTP: LoopbackHTTP
    ) -> String? {
        let paste = "Paste the \(purpose.rawValue) URL of your identity provider: it begins with https://."
        guard !text.isEmpty else { return "It is empty. \(paste)" }
        guard text.utf8.count <= 2048 else { return "It is longer than 2048 characters. \(paste)" }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            return "It holds a space, a line break or a character outside ASCII. \(paste)"
        }
        guard let components = URLComponents(string: text), let host = components.host, !host.isEmpty else {
            return "It is not a complete URL. \(paste)"
        }
        guard components.user == nil, components.password == nil else {
            return "It holds a user name or a password, which would be shown to everybody. Remove what stands before @."
        }
        guard components.fragment == nil else {
            return "It has a part after #, which no server sees. Remove that part."
        }
        switch components.scheme?.lowercased() {
        case "https":
            return nil
        case "http" where Self.isLoopback(host):
            return loopbackHTTP == .allowed
                ? nil : "Plain http is accepted only while PUBLIC_URL itself is http://localhost. \(paste)"
        case "http":
            return "Plain http can be read and changed on the way. \(paste)"
        case _:
            return "It is not an https URL. \(paste)"
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name == "[::1]" || name == "::1" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
