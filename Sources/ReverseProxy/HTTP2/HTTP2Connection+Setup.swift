import NIOCore
import NIOHTTP2

/// How connections of HTTP/2 are set up, and what a client may ask of one.
extension HTTP2Connection {
    /// The memory that the body of a stream may take before it is read on; the client is told to wait beyond it.
    private static let windowSize = 65_535

    /// Adds the handlers of HTTP/2 before another one, which passes on nothing that it has not asked for.
    func install(in channel: any Channel, before front: FrontHandler) throws {
        let connection = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let frames = NIOHTTP2Handler(
            mode: .server,
            eventLoop: channel.eventLoop,
            connectionConfiguration: Self.connectionConfiguration(self.loop.settings.configuration),
            streamConfiguration: Self.streamConfiguration
        ) { stream in
            stream.eventLoop.makeCompletedFuture { try connection.value.begin(stream) }
        }
        try channel.pipeline.syncOperations.addHandlers([self.watch, frames, self], position: .before(front))
    }

    private static func connectionConfiguration(
        _ configuration: ReverseProxyConfiguration
    ) -> NIOHTTP2Handler.ConnectionConfiguration {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: configuration.maximumStreams),
            HTTP2Setting(parameter: .initialWindowSize, value: Self.windowSize),
            // A list counts 32 bytes more for each field than its line has (RFC 9113, 6.5.2). What is between this and the
            // limit of heads is answered with 431; what is beyond it ends the connection, since a list that is not
            // read to its end spoils the table for the next one.
            HTTP2Setting(parameter: .maxHeaderListSize, value: configuration.maximumHeadSize * 2),
        ]
        // Both are checked by RequestBlock and HTTP2StreamHandler, which refuse more.
        connection.headerBlockValidation = .disabled
        connection.contentLengthValidation = .disabled
        connection.maximumBufferedControlFrames = 1_000
        // Frames that were on their way when a stream was reset are no error.
        connection.maximumRecentlyResetStreams = 256
        // PING, SETTINGS, PRIORITY: libraries send a PING with each burst of data to measure the line.
        connection.controlFrameRateLimit.maximumCount = 1_000
        return connection
    }

    private static var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.targetWindowSize = Self.windowSize
        // As much as a socket takes before it says that it is full.
        stream.outboundBufferSizeHighWatermark = 65_536
        stream.outboundBufferSizeLowWatermark = 32_768
        // A browser that moves over a map takes back many requests; the rapid reset attack (CVE-2023-44487) sends thousands
        // a second.
        stream.streamResetFrameRateLimit.maximumCount = 500
        return stream
    }
}
