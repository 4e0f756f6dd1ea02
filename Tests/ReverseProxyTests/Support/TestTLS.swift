import Foundation
import NIOSSL

@testable import ReverseProxy

/// The ends of TLS, with the certificate that the tests of fetching have, and between gateway and upstream with their own.
enum TestTLS {
    private static let tests = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func server() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.certificates("FetchingTests", "server").map { .certificate($0) },
            privateKey: .privateKey(try Self.key("FetchingTests", "server"))
        )
        configuration.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }

    static func client(protocols: [String] = []) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = protocols
        configuration.trustRoots = .certificates(try Self.certificates("FetchingTests", "authority"))
        return try NIOSSLContext(configuration: configuration)
    }

    /// An upstream named upstream.test, without an address, that wants to see a certificate of the same authority.
    static func upstream(protocols: [String] = []) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.certificates("ReverseProxyTests", "upstream").map { .certificate($0) },
            privateKey: .privateKey(try Self.key("ReverseProxyTests", "upstream"))
        )
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(try Self.certificates("ReverseProxyTests", "authority"))
        configuration.applicationProtocols = protocols
        return try NIOSSLContext(configuration: configuration)
    }

    /// Settings of a route that suit that upstream.
    static func route() throws -> UpstreamTLS {
        UpstreamTLS(
            authorities: try Self.certificates("ReverseProxyTests", "authority"),
            certificates: try Self.certificates("ReverseProxyTests", "gateway"),
            key: try Self.key("ReverseProxyTests", "gateway"),
            serverName: "upstream.test"
        )
    }

    static func certificates(_ target: String, _ name: String) throws -> [NIOSSLCertificate] {
        try NIOSSLCertificate.fromPEMFile(Self.tests.appending(path: "\(target)/Fixtures/\(name).pem").path)
    }

    static func key(_ target: String, _ name: String) throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(file: Self.tests.appending(path: "\(target)/Fixtures/\(name).key").path, format: .pem)
    }
}
