import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import ReverseProxy

/// Whatever swift-nio's parser (llhttp) refuses, the data plane's refuse, and what both accept they read alike.
///
/// The fuzzers of `Scripts/fuzz` look for the same disagreements without an end.
@Suite("Messages against llhttp")
struct LLHTTPComparisonTests {
    @Test("refuses what llhttp refuses", arguments: RequestHeadTests.Defect.all.map(\.head))
    func refusesWhatLLHTTPRefuses(_ head: String) {
        #expect(Disagreement.find(in: Array(head.utf8), kind: .requests) { Self.read($0, .requests) } == nil)
    }

    @Test("reads mutated messages as llhttp does", arguments: Seed.all)
    func readsMutatedMessagesAsLLHTTPDoes(_ seed: Seed) {
        var generator = Generator(state: 20_240_229)
        var accepted = 0
        for _ in 0..<250 {
            let bytes = Self.mutation(of: seed.bytes, &generator)
            let disagreement = Disagreement.find(in: bytes, kind: seed.kind) { Self.read($0, seed.kind) }
            #expect(disagreement == nil, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            var stream = MessageStream(kind: seed.kind)
            bytes.withUnsafeBytes { stream.read($0) }
            accepted += stream.messages.isEmpty ? 0 : 1
        }
        // Otherwise nothing would have been compared.
        #expect(accepted > 25)
    }

    @Test("reads what was not mutated to its end", arguments: Seed.all)
    func readsWhatWasNotMutated(_ seed: Seed) {
        let messages = Self.read(seed.bytes, seed.kind)
        var stream = MessageStream(kind: seed.kind)
        seed.bytes.withUnsafeBytes { stream.read($0) }
        #expect(stream.messages == messages)
        #expect(messages.count == seed.count)
    }

    /// Bytes of a connection that all parsers accept.
    struct Seed: CustomTestStringConvertible, Sendable {
        let kind: MessageStream.Kind
        /// How many messages there are.
        let count: Int
        let bytes: [UInt8]

        init(_ kind: MessageStream.Kind, _ count: Int, _ text: String) {
            self.kind = kind
            self.count = count
            self.bytes = Array(text.utf8)
        }

        var testDescription: String { String(decoding: self.bytes.prefix { $0 != 0x0D }, as: UTF8.self) }

        static let all = [
            Seed(.requests, 1, "GET /a/b?c=d HTTP/1.1\r\nHost: a.example:80\r\nAccept: text/html\r\n\r\n"),
            Seed(
                .requests,
                2,
                "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nabcde"
                    + "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            ),
            Seed(
                .requests,
                2,
                "PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nabcde\r\n0\r\nX-Sum: 1\r\n\r\n"
                    + "GET /b HTTP/1.1\r\nHost: a\r\n\r\n"
            ),
            Seed(
                .requests,
                2,
                "HEAD http://a/x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nOPTIONS / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"
            ),
            Seed(
                .answers,
                2,
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            ),
            Seed(
                .answers,
                2,
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"
            ),
            Seed(
                .answersToHEAD,
                2,
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nHTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"
            ),
        ]
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state ^ (self.state >> 33)
        }
    }

    /// Pieces that readers of HTTP may disagree about.
    private static let pieces: [[UInt8]] = [
        "\0", "\t", "\n", "\u{B}", "\r", " ", "\"", "#", ",", "/", ":", ";", "\\", "\u{7F}", "\r\n", "\r\n\r\n", "0",
        "5",
        "-", "+", "0x", "_", "chunked", "close", "identity", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n", "Host: a\r\n", "0\r\n\r\n", "1\r\na\r\n", " HTTP/1.1\r\n", "X: a\r\n b: c\r\n",
    ]
    .map { Array($0.utf8) }

    /// The bytes with one to three changes.
    private static func mutation(of bytes: [UInt8], _ generator: inout Generator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let piece =
                Bool.random(using: &generator)
                ? Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
                : [UInt8.random(in: 33...126, using: &generator)]
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes.replaceSubrange(index...index, with: piece)
            case 1: bytes.insert(contentsOf: piece, at: index)
            case _: bytes.remove(at: index)
            }
        }
        return bytes
    }

    /// What swift-nio's decoders read before they refuse.
    private static func read(_ bytes: [UInt8], _ kind: MessageStream.Kind) -> [ReadMessage] {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        switch kind {
        case .requests:
            try? channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
            _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
            return Self.messages {
                try? channel.readInbound(as: HTTPServerRequestPart.self)
            } start: { head in
                "\(head.method.rawValue) \(head.uri) \(head.version)"
            }
        case .answers, .answersToHEAD:
            let decoder = HTTPResponseDecoder(informationalResponseStrategy: .forward)
            try? channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
            let method = kind == .answers ? HTTPMethod.GET : .HEAD
            let question = HTTPRequestHead(version: .http1_1, method: method, uri: "/")
            for _ in 0..<8 { _ = try? channel.writeOutbound(HTTPClientRequestPart.head(question)) }
            _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
            let messages = Self.messages {
                try? channel.readInbound(as: HTTPClientResponsePart.self)
            } start: { head in
                "\(head.version) \(head.status.code)"
            }
            // It does not tell the end of an interim answer.
            return messages.map { message in
                var message = message
                if message.start[9] == UInt8(ascii: "1") { message.isComplete = true }
                return message
            }
        }
    }

    private static func messages<Head: HTTPFields>(
        _ next: () -> HTTPPart<Head, ByteBuffer>?,
        start: (Head) -> String
    ) -> [ReadMessage] {
        var messages: [ReadMessage] = []
        while let part = next() {
            switch part {
            case .head(let head):
                messages.append(ReadMessage(start: Array(start(head).utf8), fields: Self.fields(head.headers)))
            case .body(let body):
                messages[messages.count - 1].body += body.readableBytesView
            case .end(let trailers):
                messages[messages.count - 1].trailers = trailers.map { Self.fields($0) } ?? []
                messages[messages.count - 1].isComplete = true
            }
        }
        return messages
    }

    private static func fields(_ headers: HTTPHeaders) -> [[UInt8]] {
        headers.map { ReadMessage.field(name: $0.name.utf8, value: $0.value.utf8) }
    }
}

/// A head of swift-nio's.
private protocol HTTPFields {
    var headers: HTTPHeaders { get }
}

extension HTTPRequestHead: HTTPFields {}
extension HTTPResponseHead: HTTPFields {}
