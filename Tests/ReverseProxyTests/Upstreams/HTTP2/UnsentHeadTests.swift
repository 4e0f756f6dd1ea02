import NIOCore
import NIOHTTP2
import NIOSSL
import Testing

@testable import ReverseProxy

@Suite("Whether a request has been seen by nobody")
struct UnsentHeadTests {
    struct Failure: CustomTestStringConvertible {
        let testDescription: String
        let error: any Error
        let isProof: Bool
    }

    static let failures = [
        Failure(
            testDescription: "the upstream was leaving",
            error: NIOHTTP2Errors.createdStreamAfterGoaway(),
            isProof: true
        ),
        Failure(
            testDescription: "the upstream had left",
            error: NIOHTTP2Errors.streamError(streamID: 1, baseError: NIOHTTP2Errors.createdStreamAfterGoaway()),
            isProof: true
        ),
        Failure(testDescription: "a number too small", error: NIOHTTP2Errors.streamIDTooSmall(), isProof: true),
        Failure(testDescription: "a closed channel", error: ChannelError.ioOnClosedChannel, isProof: false),
        Failure(testDescription: "the end of a channel", error: ChannelError.eof, isProof: false),
        Failure(testDescription: "the socket", error: IOError(errnoCode: 32, reason: "write"), isProof: false),
        Failure(testDescription: "TLS", error: NIOSSLError.uncleanShutdown, isProof: false),
        Failure(
            testDescription: "a reset",
            error: NIOHTTP2Errors.streamClosed(streamID: 1, errorCode: .cancel),
            isProof: false
        ),
    ]

    @Test("Some errors prove it", arguments: Self.failures)
    func proof(_ failure: Failure) {
        #expect(UnsentHead.isProven(by: failure.error) == failure.isProof)
    }
}
