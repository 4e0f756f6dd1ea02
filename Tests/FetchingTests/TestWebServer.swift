import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A web server with TLS on a free port of 127.0.0.1, whose certificate is for idp.test, other.test and that address.
struct TestWebServer {
    /// What the server does with a request for a path.
    enum Behavior: Sendable {
        /// Answers with a status, fields and a body.
        case answer(HTTPResponseStatus = .ok, HTTPHeaders = [:], body: String = "")
        /// Sends a document without an end.
        case endless
        /// Says nothing.
        case silent
        /// Promises more bytes than it sends, and closes.
        case cutShort
    }

    /// The port.
    let port: Int
    private let channel: any Channel

    /// The authority that made the certificate.
    static func authority() throws -> NIOSSLTrustRoots {
        .certificates(try NIOSSLCertificate.fromPEMFile(self.fixture("authority.pem")))
    }

    /// Starts a server.
    static func start(_ paths: [String: Behavior]) async throws -> TestWebServer {
        let chain = try NIOSSLCertificate.fromPEMFile(self.fixture("server.pem"))
            .map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: self.fixture("server.key"), format: .pem)
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain,
            privateKey: .privateKey(key)
        )
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(TestWebHandler(paths: paths))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestWebServer(port: channel.localAddress?.port ?? 0, channel: channel)
    }

    /// Stops listening.
    func stop() async throws {
        try await self.channel.close().get()
    }

    private static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").appending(path: name).path
    }
}
