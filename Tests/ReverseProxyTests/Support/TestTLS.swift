import Foundation
import NIOSSL

/// The two ends of TLS, with the certificate that the tests of fetching have.
enum TestTLS {
    private static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "FetchingTests/Fixtures")

    static func server() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(Self.fixtures.appending(path: "server.pem").path)
        let key = try NIOSSLPrivateKey(file: Self.fixtures.appending(path: "server.key").path, format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
    }

    static func client() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(Self.fixtures.appending(path: "authority.pem").path)
        return try NIOSSLContext(configuration: configuration)
    }
}
