import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// Sends one GET on a new connection, reads the answer within its limit, and closes the connection.
///
///     handshake for the name → request → head 200 → body … → end      the document
///                      → head 30x                     where it leads
///                      → anything else                the failure
///
/// Whatever happens first completes the promise; what comes later changes nothing.
final class FetchHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let url: FetchURL
    private let maximumBytes: Int
    private let promise: EventLoopPromise<FetchAnswer>
    private var document: [UInt8] = []
    private var isReading = false

    init(url: FetchURL, maximumBytes: Int, promise: EventLoopPromise<FetchAnswer>) {
        self.url = url
        self.maximumBytes = maximumBytes
        self.promise = promise
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { self.ask(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Sends the request to a server that has proved its name.
    private func ask(_ context: ChannelHandlerContext) {
        if let name = self.url.serverName {
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
            guard let certificate, CertificateName.isNamed(name, certificate) else {
                return self.fail(.tlsRefused(host: self.url.host), context)
            }
        }
        let headers: HTTPHeaders = [
            "Host": self.url.authority, "User-Agent": "Portico",
            "Accept": "application/samlmetadata+xml, application/xml, text/xml", "Accept-Encoding": "identity",
            "Connection": "close",
        ]
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: self.url.target, headers: headers)
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head):
            self.read(head, context)
        case .body(let bytes):
            guard self.isReading else { return }
            guard self.document.count + bytes.readableBytes <= self.maximumBytes else {
                return self.fail(.tooLarge(bytes: self.maximumBytes), context)
            }
            self.document.append(contentsOf: bytes.readableBytesView)
        case .end:
            guard self.isReading else { return }
            self.isReading = false
            self.promise.succeed(.document(self.document))
            context.close(promise: nil)
        }
    }

    private func read(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
        switch head.status.code {
        case 200:
            guard head.headers[canonicalForm: "Content-Encoding"].allSatisfy({ $0.lowercased() == "identity" }) else {
                return self.fail(.answerMalformed(host: self.url.host), context)
            }
            if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > self.maximumBytes
            {
                return self.fail(.tooLarge(bytes: self.maximumBytes), context)
            }
            self.isReading = true
        case 301, 302, 303, 307, 308:
            let locations = head.headers["Location"]
            guard locations.count == 1 else {
                return self.fail(.redirectionRefused(host: self.url.host), context)
            }
            self.promise.succeed(.redirection(locations[0]))
            context.close(promise: nil)
        default:
            self.fail(.status(Int(head.status.code), host: self.url.host), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        // A server that closes without saying so at the TLS layer could have been cut off.
        case NIOSSLError.uncleanShutdown: self.fail(.answerMalformed(host: self.url.host), context)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            self.fail(.tlsRefused(host: self.url.host), context)
        default: self.fail(.answerMalformed(host: self.url.host), context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.promise.fail(FetchFailure.answerMalformed(host: self.url.host))
        context.fireChannelInactive()
    }

    private func fail(_ failure: FetchFailure, _ context: ChannelHandlerContext) {
        self.isReading = false
        self.promise.fail(failure)
        context.close(promise: nil)
    }
}
