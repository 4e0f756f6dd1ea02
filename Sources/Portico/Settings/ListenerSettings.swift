import NIOCore
import ReverseProxy

/// Where the gateway listens and how browsers reach it.
struct ListenerSettings: Sendable {
    /// The reserved prefix where none is set.
    static let defaultPrefix = "/.portico"

    /// The URL that browsers use.
    let publicURL: WebURL

    /// Where the gateway listens.
    let listen: ListenAddress

    /// Where the operations listener listens.
    let opsListen: ListenAddress

    /// TLS of the gateway's own; nil where it speaks plain HTTP.
    let tls: TLSSettings?

    /// Whether plain HTTP is accepted on a host that is not this machine.
    let allowsInsecureHTTP: Bool

    /// The reserved prefix, beginning with a slash and not ending with one.
    let prefix: String

    /// The clients whose forwarding headers are believed.
    let trustedProxies: [CIDRBlock]

    /// The number of event loops.
    let workers: Int

    /// How much clients may hold open.
    let limits: ConnectionLimits

    /// How long a node that is told to stop goes on as before, so that balancers notice.
    let shutdownDelay: Duration

    /// How long a stop then waits for requests in flight.
    let shutdownDeadline: Duration

    /// Reads everything; without a `PUBLIC_URL` that can be used there is nothing.
    init?(reader: inout SettingsReader) {
        self.listen = reader.value(
            .listen,
            default: ListenAddress(host: "127.0.0.1", port: 8080),
            parse: ListenAddress.parse
        )
        self.opsListen = reader.value(
            .opsListen,
            default: ListenAddress(host: "127.0.0.1", port: 9090),
            parse: ListenAddress.parse
        )
        self.tls = Self.readTLS(reader: &reader)
        self.allowsInsecureHTTP = reader.value(.allowInsecureHTTP, default: false, parse: SettingSyntax.flag)
        self.prefix = reader.value(.prefix, default: Self.defaultPrefix, parse: Self.parsePrefix)
        self.trustedProxies = reader.list(.trustedProxies, default: []) { text throws(SettingProblem) in
            guard let block = CIDRBlock(text) else {
                throw SettingProblem(
                    "has an entry that is no block of addresses",
                    "write 10.0.0.0/8, 2001:db8::/32 or one address"
                )
            }
            return block
        }
        self.workers = reader.value(.workers, default: System.coreCount) { text throws(SettingProblem) in
            try SettingSyntax.count(text, in: 1...256)
        }
        self.limits = Self.readLimits(reader: &reader)
        self.shutdownDelay = reader.value(.shutdownDelay, default: .zero) { text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: .zero ... .seconds(3_600))
        }
        self.shutdownDeadline = reader.value(.shutdownDeadline, default: .seconds(20)) { text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: .seconds(1) ... .seconds(3_600))
        }
        if self.listen == self.opsListen, self.listen.port != 0 {
            reader.refuse(.opsListen, SettingProblem("is the same address as LISTEN", "choose another port"))
        }
        guard
            let publicURL = Self.readPublicURL(
                reader: &reader,
                tls: self.tls,
                allowsInsecureHTTP: self.allowsInsecureHTTP
            )
        else { return nil }
        self.publicURL = publicURL
    }

    private static func readLimits(reader: inout SettingsReader) -> ConnectionLimits {
        func limit(_ key: SettingKey, default fallback: Int) -> Int {
            reader.value(key, default: fallback) { text throws(SettingProblem) in
                try SettingSyntax.count(text, in: 1...1_000_000)
            }
        }
        var limits = ConnectionLimits()
        limits.connections = limit(.maxConnections, default: limits.connections)
        limits.connectionsPerAddress = limit(.maxConnectionsPerAddress, default: limits.connectionsPerAddress)
        limits.tunnelsPerSession = limit(.maxTunnelsPerSession, default: limits.tunnelsPerSession)
        return limits
    }

    private static func readPublicURL(
        reader: inout SettingsReader,
        tls: TLSSettings?,
        allowsInsecureHTTP: Bool
    ) -> WebURL? {
        guard reader.find(.publicURL) != nil else {
            reader.require(.publicURL, remedy: "set it to the URL that browsers use, such as https://apps.example.com")
            return nil
        }
        let url = reader.value(.publicURL) { text throws(SettingProblem) in
            let url = try WebURL.parse(text)
            guard url.path.isEmpty else { throw SettingProblem("has a path", "end it after the host and port") }
            return url
        }
        guard let url else { return nil }
        switch url.scheme {
        case .https: break
        case .http where tls != nil:
            reader.refuse(
                .publicURL,
                SettingProblem("is plain http although TLS_CERTIFICATE is set", "begin it with https://")
            )
        case .http where !url.isLoopback && !allowsInsecureHTTP:
            reader.refuse(
                .publicURL,
                SettingProblem(
                    "is plain http on a host that is not this machine",
                    "use https, or set PORTICO_ALLOW_INSECURE_HTTP=true if passwords may be read on the way"
                )
            )
        case .http: break
        }
        return url
    }

    private static func readTLS(reader: inout SettingsReader) -> TLSSettings? {
        let certificate = reader.value(.tlsCertificate, parse: SettingSyntax.readableFile)
        let key = reader.value(.tlsKey, parse: SettingSyntax.readableFile)
        switch (reader.find(.tlsCertificate), reader.find(.tlsKey)) {
        case (nil, nil): return nil
        case (_?, nil):
            reader.refuse(
                .tlsCertificate,
                SettingProblem("is set without TLS_KEY", "set PORTICO_TLS_KEY to its private key")
            )
            return nil
        case (nil, _?):
            reader.refuse(.tlsKey, SettingProblem("is set without TLS_CERTIFICATE", "set PORTICO_TLS_CERTIFICATE too"))
            return nil
        case (_?, _?): break
        }
        guard let certificate, let key else { return nil }
        do throws(SettingProblem) {
            return try TLSSettings.load(certificate: certificate, key: key)
        } catch {
            reader.refuse(.tlsCertificate, error)
            return nil
        }
    }

    /// A path of plain segments, so that no encoding of it needs thought.
    static func parsePrefix(_ text: String) throws(SettingProblem) -> String {
        let segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let isPlain = segments.allSatisfy { segment in
            !segment.isEmpty && segment != "." && segment != ".."
                && segment.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || "-._~".utf8.contains(byte)
                }
        }
        guard text.hasPrefix("/"), !segments.isEmpty, isPlain else {
            throw SettingProblem("is not a path prefix", "write one such as /.portico, without a slash at its end")
        }
        return text
    }
}
