package import HTTPTypes

/// The names and attributes of Portico's cookies.
///
/// The session cookie is Lax, so that it does not ride on a cross-site POST. The browser key must do just that, since
/// the identity provider's page posts the response from another site: it is SameSite=None, holds nothing but a random
/// key, and lives for ten minutes. The cookie of a setup visit opens settings and nothing else, and is Strict.
package struct PorticoCookies: Hashable, Sendable {
    /// How strictly the browser is told to keep the cookies.
    package enum Mode: Hashable, Sendable {
        /// `__Host-` names with Secure: https, and http://localhost, where browsers accept them too.
        case hostPrefixed
        /// Bare names without Secure, for plain http to another host, which the operator had to allow.
        ///
        /// Browsers refuse SameSite=None without Secure, so the browser key is sent without the attribute: Chromium
        /// then still sends it with a cross-site POST during its first two minutes.
        case insecureHTTP
    }

    /// How long a browser key is kept after the last start of a sign-in (interface 5).
    package static let browserKeyLifetime: Duration = .seconds(600)

    private let mode: Mode

    /// Makes the cookies of an installation.
    package init(mode: Mode) {
        self.mode = mode
    }

    /// The name of the cookie that holds a session's token.
    package var sessionName: String { self.prefix + "portico_session" }

    /// The name of the cookie that holds the browser's key.
    package var browserKeyName: String { self.prefix + "portico_pre" }

    /// The name of the cookie that holds the secret of a setup visit.
    package var setupVisitName: String { self.prefix + "portico_setup" }

    // MARK: - Reading

    /// The session token that the browser sent, unchecked.
    package func session(in headers: HTTPFields) -> String? {
        Self.value(of: self.sessionName, in: headers)
    }

    /// The browser key that the browser sent, unchecked.
    package func browserKey(in headers: HTTPFields) -> String? {
        Self.value(of: self.browserKeyName, in: headers)
    }

    /// The secret of a setup visit that the browser sent, unchecked.
    package func setupVisit(in headers: HTTPFields) -> String? {
        Self.value(of: self.setupVisitName, in: headers)
    }

    /// The value of the only cookie of that name; two of them are as good as none, since one of them is somebody else's.
    ///
    /// The header is read by its bytes: the application's cookies may hold texts that are slow to compare.
    private static func value(of name: String, in headers: HTTPFields) -> String? {
        let pairs = headers[values: .cookie].flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }
        let values = pairs.compactMap { pair -> Substring.UTF8View? in
            let pair = pair.drop(while: Self.isBlank)
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), pair[..<equals].elementsEqual(name.utf8) else {
                return nil
            }
            return pair[pair.index(after: equals)...]
        }
        guard values.count == 1 else { return nil }
        return values.first.map { String(Substring($0.prefix { !Self.isBlank($0) })) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    // MARK: - Writing

    /// The Set-Cookie value that gives the browser its session; it ends with the browser or with the server-side session.
    package func settingSession(_ token: String) -> String {
        "\(self.sessionName)=\(token)\(self.attributes); SameSite=Lax"
    }

    /// The Set-Cookie value that takes the session away.
    package var clearingSession: String {
        "\(self.sessionName)=; Max-Age=0\(self.attributes); SameSite=Lax"
    }

    /// The Set-Cookie value that gives or refreshes the browser's key (rulings 12).
    package func settingBrowserKey(_ key: String) -> String {
        let age = Self.browserKeyLifetime.components.seconds
        let sameSite = self.mode == .hostPrefixed ? "; SameSite=None" : ""
        return "\(self.browserKeyName)=\(key); Max-Age=\(age)\(self.attributes)\(sameSite)"
    }

    /// The Set-Cookie value that gives the browser a setup visit for at most this long.
    package func settingSetupVisit(_ token: String, lasting duration: Duration) -> String {
        "\(self.setupVisitName)=\(token); Max-Age=\(duration.components.seconds)\(self.attributes); SameSite=Strict"
    }

    /// The Set-Cookie value that takes a setup visit away.
    package var clearingSetupVisit: String {
        "\(self.setupVisitName)=; Max-Age=0\(self.attributes); SameSite=Strict"
    }

    private var prefix: String {
        switch self.mode {
        case .hostPrefixed: "__Host-"
        case .insecureHTTP: ""
        }
    }

    private var attributes: String {
        switch self.mode {
        case .hostPrefixed: "; Path=/; Secure; HttpOnly"
        case .insecureHTTP: "; Path=/; HttpOnly"
        }
    }
}
