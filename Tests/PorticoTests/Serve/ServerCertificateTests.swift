import Foundation
import LocalServers
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Testing

@testable import Portico

@Suite("The certificate of the listener")
struct ServerCertificateTests {
    private static func load(_ files: TestCertificate.Files) throws -> ServerCertificate {
        ServerCertificate(try TLSSettings.load(certificate: files.certificate.path, key: files.key.path))
    }

    @Test func isTakenAnewWhenItsFilesChange() throws {
        let files = try TestCertificate.Files()
        defer { files.remove() }
        let first = try TestCertificate(days: 10)
        try files.write(first)
        let certificate = try Self.load(files)
        #expect(try !certificate.reload() && certificate.current.certificateEnd == first.end)
        // The same again, in another file, is no change.
        try files.write(first)
        #expect(try !certificate.reload())
        let second = try TestCertificate(days: 20)
        try files.write(second)
        #expect(try certificate.reload() && certificate.current.certificateEnd == second.end)
        #expect(try !certificate.reload())
    }

    @Test func staysUntilBothFilesAreThere() throws {
        let files = try TestCertificate.Files()
        defer { files.remove() }
        let first = try TestCertificate(days: 10)
        let second = try TestCertificate(days: 20)
        try files.write(first)
        let certificate = try Self.load(files)
        try files.writeCertificate(of: second)
        #expect(throws: SettingProblem.self) { try certificate.reload() }
        // It is told once.
        #expect(try !certificate.reload() && certificate.current.certificateEnd == first.end)
        try files.writeKey(of: second)
        #expect(try certificate.reload() && certificate.current.certificateEnd == second.end)
    }

    @Test("stays when a file cannot be used", arguments: ["", "-----BEGIN CERTIFICATE-----\nAAAA\n", nil])
    func staysWhenAFileCannotBeUsed(_ content: String?) throws {
        let files = try TestCertificate.Files()
        defer { files.remove() }
        let first = try TestCertificate(days: 10)
        try files.write(first)
        let certificate = try Self.load(files)
        if let content {
            try Data(content.utf8).write(to: files.certificate)
        } else {
            try FileManager.default.removeItem(at: files.certificate)
        }
        #expect(throws: SettingProblem.self) { try certificate.reload() }
        #expect(try !certificate.reload() && certificate.current.certificateEnd == first.end)
        try files.write(first)
        #expect(try certificate.reload())
    }

    @Test func newConnectionsGetTheNewOne() async throws {
        let files = try TestCertificate.Files()
        defer { files.remove() }
        let first = try TestCertificate(days: 10)
        let second = try TestCertificate(days: 20)
        try files.write(first)
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let changes = [
            "PORTICO_TLS_CERTIFICATE": files.certificate.path, "PORTICO_TLS_KEY": files.key.path,
            "PORTICO_PUBLIC_URL": "https://localhost",
        ]
        try await GatewayRun.with(database: database.uri, changes: changes) { addresses in
            #expect(try await Self.presented(at: addresses.gateway).der == first.der)
            try files.write(second)
            try await GatewayRun.eventually { try await Self.presented(at: addresses.gateway).der == second.der }
            #expect(try await Self.presented(at: addresses.gateway).protocol == "h2")
        }
    }

    /// The certificate that a new connection is shown, and the protocol that it is to speak.
    private static func presented(at address: ListenAddress) async throws -> (der: [UInt8], protocol: String?) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1", "h2"]
        // The chain is looked at here; there is no name to be checked, since the connection goes to an address.
        configuration.certificateVerification = .noHostnameVerification
        let context = try NIOSSLContext(configuration: configuration)
        let shown = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: [UInt8].self)
        let settled = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String?.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.closeFuture.whenComplete { _ in
                    shown.fail(ChannelError.eof)
                    settled.fail(ChannelError.eof)
                }
                return channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(
                        context: context,
                        serverHostname: nil,
                        customVerificationCallback: { chain, verified in
                            shown.completeWith(Result { try chain.first?.toDERBytes() ?? [] })
                            verified.succeed(.certificateVerified)
                        }
                    )
                    try channel.pipeline.syncOperations.addHandler(tls)
                    try channel.pipeline.syncOperations.addHandler(HandshakeHandler(settled: settled))
                }
            }
            .connect(host: address.host, port: address.port).get()
        let der = try await shown.futureResult.get()
        let name = try await settled.futureResult.get()
        try? await channel.close()
        return (der, name)
    }

    /// Waits for the end of the handshake.
    private final class HandshakeHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let settled: EventLoopPromise<String?>

        init(settled: EventLoopPromise<String?>) { self.settled = settled }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.settled.fail(error)
            context.close(promise: nil)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            guard case .handshakeCompleted(let name)? = event as? TLSUserEvent else { return }
            self.settled.succeed(name)
        }
    }
}
