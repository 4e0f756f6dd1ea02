import NIOCore
import NIOHTTP2

/// Whether a request whose first frame could not be written has been seen by nobody, so that it may be sent once more.
enum UnsentHead {
    /// Whether an error says that not a byte of the frame left: the upstream was leaving.
    ///
    /// An error of the socket or of TLS says nothing, as one of them stands for every write of a flush.
    static func isProven(by error: any Error) -> Bool {
        switch error {
        case is NIOHTTP2Errors.CreatedStreamAfterGoaway, is NIOHTTP2Errors.StreamIDTooSmall: true
        case let error as NIOHTTP2Errors.StreamError: Self.isProven(by: error.baseError)
        default: false
        }
    }

    /// Whether a stream has no number, as it gets with its first flush: nothing of it was passed on.
    static func isProven(by stream: any Channel) -> Bool {
        (try? stream.syncOptions?.getOption(HTTP2StreamChannelOptions.streamID)) == nil
    }
}
