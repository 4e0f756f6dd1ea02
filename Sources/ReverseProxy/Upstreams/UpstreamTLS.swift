package import NIOSSL

/// How a route speaks TLS with its `https` and `h2` upstreams.
///
/// Whatever is set here, the upstream's certificate is checked, and that it is for the host or for the address that was
/// connected to (NIOSSL takes either); nothing switches that off.
package struct UpstreamTLS: Sendable, Hashable {
    /// The authorities that vouch for upstreams, instead of the system's; `nil` is the system's.
    package var authorities: [NIOSSLCertificate]?
    /// The certificates with which the gateway shows itself, its own first; empty for none.
    package var certificates: [NIOSSLCertificate]
    /// The key of the first of these.
    package var key: NIOSSLPrivateKey?
    /// The name that the upstream is asked for, in place of the host of its URL; `nil` is that host.
    package var serverName: String?
    /// What is offered by ALPN, which follows from the scheme of the upstream; empty for HTTP/1.1, which needs no offer.
    var applicationProtocols: [String] = []

    /// Makes settings; the defaults are those of a route that has none of its own.
    package init(
        authorities: [NIOSSLCertificate]? = nil,
        certificates: [NIOSSLCertificate] = [],
        key: NIOSSLPrivateKey? = nil,
        serverName: String? = nil
    ) {
        self.authorities = authorities
        self.certificates = certificates
        self.key = key
        self.serverName = serverName
    }

    /// What connections share; TLS 1.2 is the least.
    ///
    /// - Throws: When the key is not the certificate's.
    package func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorities { configuration.trustRoots = .certificates(authorities) }
        configuration.certificateChain = self.certificates.map { .certificate($0) }
        configuration.applicationProtocols = self.applicationProtocols
        configuration.privateKey = self.key.map { .privateKey($0) }
        return try NIOSSLContext(configuration: configuration)
    }
}
