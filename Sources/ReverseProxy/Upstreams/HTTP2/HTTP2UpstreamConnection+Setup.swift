import NIOCore
import NIOHTTP2
import NIOSSL

/// How connections of HTTP/2 to upstreams are set up, and what an upstream may do on one.
extension HTTP2UpstreamConnection {
    /// The bytes of an answer that may be under way on a stream before the client takes them.
    private static let windowSize = 65_535

    /// Adds the handlers of HTTP/2, in TLS where the upstream has it.
    func install(in channel: any Channel, tls: NIOSSLContext?, serverName: String?) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(SocketBridge(self.loop.sockets))
        if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: serverName)) }
        let frames = NIOHTTP2Handler(
            mode: .client,
            eventLoop: channel.eventLoop,
            connectionConfiguration: Self.connectionConfiguration,
            streamConfiguration: Self.streamConfiguration
        ) { stream in
            // What an upstream pushes was not asked for; it is told so in the settings.
            stream.close()
        }
        try pipeline.addHandlers([frames, self])
        self.streams = try frames.syncMultiplexer()
    }

    private static var connectionConfiguration: NIOHTTP2Handler.ConnectionConfiguration {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .enablePush, value: 0),
            HTTP2Setting(parameter: .initialWindowSize, value: Self.windowSize),
            // A head that is accepted over HTTP/1.1 fits; what is beyond it ends the connection, since a list that is not
            // read to its end spoils the table for the next one.
            HTTP2Setting(parameter: .maxHeaderListSize, value: 131_072),
        ]
        // The window of the connection opens at once: those of its streams bound what is held, and one client that takes
        // nothing must not hold back the others.
        connection.targetWindowSize = 1 << 20
        // Both are checked by ResponseBlock and HTTP2UpstreamStream, which refuse more.
        connection.headerBlockValidation = .disabled
        connection.contentLengthValidation = .disabled
        connection.maximumBufferedControlFrames = 1_000
        // Frames that were on their way when a stream was reset are no error.
        connection.maximumRecentlyResetStreams = 1_000
        // Servers end streams with empty frames, and some send one with each flush.
        connection.maximumSequentialEmptyDataFrames = 100
        // A connection lives for many streams, each of which may go wrong.
        connection.maximumConnectionGlitches = 10_000
        // Servers send a PING with each burst of data to measure the line; the limits are against what is broken.
        connection.controlFrameRateLimit.maximumCount = 10_000
        return connection
    }

    private static var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.targetWindowSize = Self.windowSize
        stream.outboundBufferSizeHighWatermark = 65_536
        stream.outboundBufferSizeLowWatermark = 32_768
        // An upstream under load refuses streams; that is for the requests to bear.
        stream.streamResetFrameRateLimit.maximumCount = 10_000
        return stream
    }
}
