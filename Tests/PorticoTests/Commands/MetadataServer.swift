import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// A web server with TLS on 127.0.0.1 that answers every request with one document, which a test may exchange.
struct MetadataServer: Sendable {
    private let channel: any Channel
    private let document: PublishedDocument

    /// Starts it on a free port.
    static func start(_ document: String) async throws -> MetadataServer {
        let chain = try NIOSSLCertificate.fromPEMFile(self.fixture("server.pem"))
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: self.fixture("server.key"), format: .pem))
        )
        let context = try NIOSSLContext(configuration: configuration)
        let document = PublishedDocument(document)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.addHandler(DocumentHandler(document: document))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return MetadataServer(channel: channel, document: document)
    }

    /// Answers with another document from now on; nil answers that there is none.
    func publish(_ document: String?) {
        self.document.set(document)
    }

    /// The address of the document.
    var url: String { "https://127.0.0.1:\(self.channel.localAddress?.port ?? 0)/metadata" }

    /// The file of the authority that made the server's certificate.
    static var authority: String { self.fixture("authority.pem") }

    /// Stops listening.
    func stop() async throws {
        try await self.channel.close()
    }

    /// A certificate for 127.0.0.1 and the authority that made it.
    private static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "FetchingTests/Fixtures").appending(path: name).path
    }

    /// Answers the first bytes of a request, of which none has a body.
    private final class DocumentHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let document: PublishedDocument

        init(document: PublishedDocument) {
            self.document = document
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let document = self.document.get()
            let status = document == nil ? "503 Service Unavailable" : "200 OK"
            let body = document ?? ""
            let answer = "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
