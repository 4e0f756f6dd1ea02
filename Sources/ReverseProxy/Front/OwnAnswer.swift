import NIOCore

/// An answer of the data plane's own: a redirect to the sign-in page, an HTML page, or JSON (interface.md section 3).
struct OwnAnswer {
    /// How a person gets to the sign-in page, and with what path and query to come back to.
    enum SignIn {
        /// Sent there.
        case redirect(returnPath: [UInt8])
        /// By the proxy in front that asks, which is told the way in `X-Portico-Sign-In`.
        case told(returnPath: [UInt8])
    }

    /// The longest path to come back to; beyond it the person lands on the root.
    private static let maximumReturnPath = 2_048

    /// The error.
    let error: ProxyError
    /// The request id.
    let tag: String
    /// The control plane's prefix.
    let prefix: String
    /// The way to the sign-in page, if it is shown.
    let signIn: SignIn?
    /// The methods that would have been let through, told when it was for the method (RFC 9110, 15.5.6).
    let methods: [[UInt8]]
    /// Whether a person is looking.
    let isNavigation: Bool

    /// The HTTP status.
    var status: Int { if case .redirect = self.signIn { 302 } else { self.error.status } }

    /// The whole message.
    func bytes(
        persistence: ResponseHeadWriter.Persistence,
        withoutBody: Bool,
        settings: ProxySettings
    ) -> ByteBuffer {
        var head: [String] = []
        let body: [UInt8]
        if case .redirect(let returnPath) = self.signIn {
            body = []
            head.append("HTTP/1.1 302 Found")
            head.append("Location: \(self.signInURL(returnPath))")
        } else {
            head.append("HTTP/1.1 \(self.error.status) \(self.error.reason)")
            if self.error == .methodNotAllowed {
                let names = self.methods.map { String(decoding: $0, as: UTF8.self) }
                head.append("Allow: \(names.joined(separator: ", "))")
            }
            if let seconds = self.error.retryAfter { head.append("Retry-After: \(seconds)") }
            if let way = self.toldSignInURL { head.append("X-Portico-Sign-In: \(way)") }
            if self.isNavigation {
                body = settings.renderErrorPage(self.error, self.tag, self.toldSignInURL)
                head.append("Content-Type: text/html; charset=utf-8")
                head.append(contentsOf: settings.configuration.errorPageHeaders)
            } else {
                body = self.json
                head.append("Content-Type: application/json")
            }
        }
        head.append("Content-Length: \(body.count)")
        if !head.contains(where: { $0.lowercased().hasPrefix("cache-control:") }) {
            head.append("Cache-Control: no-store")
        }
        head.append("X-Request-Id: \(self.tag)")
        if let line = persistence.line { head.append(line) }
        var buffer = ByteBuffer(string: head.joined(separator: "\r\n") + "\r\n\r\n")
        if !withoutBody { buffer.writeBytes(body) }
        return buffer
    }

    /// The way that the proxy in front is told; a page that it passes on leads there too.
    private var toldSignInURL: String? {
        guard case .told(let returnPath) = self.signIn else { return nil }
        return self.signInURL(returnPath)
    }

    /// The sign-in page, with the way back where there is one.
    private func signInURL(_ returnPath: [UInt8]) -> String {
        guard !returnPath.isEmpty else { return "\(self.prefix)/sign-in" }
        let path = returnPath.count <= Self.maximumReturnPath ? returnPath : [UInt8(ascii: "/")]
        return "\(self.prefix)/sign-in?rd=\(String(decoding: PercentEncoding.encodeQueryValue(path), as: UTF8.self))"
    }

    /// Codes, messages and ids hold no character that JSON would escape.
    private var json: [UInt8] {
        var text = "{\"code\":\"\(self.error.rawValue)\",\"message\":\"\(self.error.message)\""
        text += ",\"request_id\":\"\(self.tag)\""
        if self.error == .sessionRequired { text += ",\"sign_in_url\":\"\(self.prefix)/sign-in\"" }
        return Array("\(text)}\n".utf8)
    }
}
