import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import ReverseProxy

/// Whatever swift-nio's parser (llhttp) refuses, the data plane's refuses.
@Suite("Request head against llhttp")
struct LLHTTPComparisonTests {
    @Test("refuses what llhttp refuses", arguments: RequestHeadTests.Defect.all.map(\.head))
    func refusesWhatLLHTTPRefuses(_ head: String) {
        guard !Self.isAcceptedByLLHTTP(Array(head.utf8)) else { return }
        #expect(throws: HeadRejection.self) { try ParsedHead(head) }
    }

    @Test func refusesWhatLLHTTPRefusesOfMutatedHeads() {
        var generator = Generator(state: 20_240_229)
        let seeds = [
            "GET /a/b?c=d HTTP/1.1\r\nHost: a.example:80\r\nAccept: text/html\r\nCookie: a=b; c=d\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HEAD http://a/x HTTP/1.0\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
        ]
        .map { Array($0.utf8) }
        let interesting: [UInt8] = [0, 9, 10, 11, 13, 32, 34, 35, 44, 47, 58, 59, 92, 127, 128, 255]
        var accepted = 0
        for _ in 0..<4_000 {
            var head = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<head.count, using: &generator)
                let byte =
                    Bool.random(using: &generator)
                    ? interesting[Int.random(in: 0..<interesting.count, using: &generator)]
                    : UInt8.random(in: 33...126, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: head[index] = byte
                case 1: head.insert(byte, at: index)
                case _: head.remove(at: index)
                }
            }
            guard let length = Self.lengthAcceptedHere(head) else { continue }
            accepted += 1
            #expect(
                Self.isAcceptedByLLHTTP(Array(head[..<length])),
                "accepted here only: \(String(decoding: head, as: UTF8.self).debugDescription)"
            )
        }
        #expect(accepted > 500)
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state ^ (self.state >> 33)
        }
    }

    private static func lengthAcceptedHere(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var scanner = HeadScanner()
            guard let extent = try? scanner.scan(bytes, maximumSize: 32_768, maximumLines: 100) else { return nil }
            var lines = FieldLines()
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            return (try? RequestHead.parse(head, into: &lines)).map { _ in extent.end }
        }
    }

    private static func isAcceptedByLLHTTP(_ bytes: [UInt8]) -> Bool {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        do {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
            return try channel.readInbound(as: HTTPServerRequestPart.self) != nil
        } catch {
            return false
        }
    }
}
