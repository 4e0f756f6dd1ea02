import Testing

@testable import ReverseProxy

@Suite("Response head (RFC 9112)")
struct ResponseHeadTests {
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rejection: HeadRejection
        let head: String

        init(_ description: String, _ rejection: HeadRejection, _ head: String) {
            self.testDescription = description
            self.rejection = rejection
            self.head = head
        }

        static let all: [Defect] = [
            Defect("no HTTP", .badStatusLine, "SSH-2.0-OpenSSH_9.2 Debian\r\n\r\n"),
            Defect("HTTP/2", .badStatusLine, "HTTP/2.0 200 OK\r\n\r\n"),
            Defect("short status", .badStatusLine, "HTTP/1.1 20 OK\r\n\r\n"),
            Defect("long status", .badStatusLine, "HTTP/1.1 2000 OK\r\n\r\n"),
            Defect("status that is no number", .badStatusLine, "HTTP/1.1 2x0 OK\r\n\r\n"),
            Defect("status 600", .badStatusLine, "HTTP/1.1 600 OK\r\n\r\n"),
            Defect("status 099", .badStatusLine, "HTTP/1.1 099 OK\r\n\r\n"),
            Defect("control byte in the reason", .badStatusLine, "HTTP/1.1 200 O\u{1}K\r\n\r\n"),
            Defect("bare CR in the reason", .badStatusLine, "HTTP/1.1 200 O\rK\r\n\r\n"),
            Defect("bare LF", .bareLineFeed, "HTTP/1.1 200 OK\nX: a\r\n\r\n"),
            Defect("folded line", .foldedLine, "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n"),
            Defect("space before the colon", .badFieldName, "HTTP/1.1 200 OK\r\nX : a\r\n\r\n"),
            Defect(
                "two Content-Lengths",
                .badContentLength,
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"
            ),
            Defect("Content-Length and a tab", .badContentLength, "HTTP/1.1 200 OK\r\nContent-Length: 1\t\r\n\r\n"),
            Defect(
                "chunked and a tab",
                .badTransferEncoding,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n"
            ),
            Defect(
                "Content-Length and chunked",
                .badTransferEncoding,
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
            Defect(
                "gzip as transfer coding",
                .badTransferEncoding,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"
            ),
            Defect(
                "chunked in HTTP/1.0",
                .badTransferEncoding,
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
        ]
    }

    @Test("refuses", arguments: Defect.all)
    func refuses(_ defect: Defect) {
        #expect(throws: defect.rejection) { try Self.parse(defect.head) }
    }

    @Test func readsStatusFramingAndPersistence() throws {
        let plain = try Self.parse("HTTP/1.1 200\r\nContent-Length: 3\r\n\r\n")
        #expect(plain.status == 200 && plain.framing == .length(3) && plain.keepsAlive)
        let old = try Self.parse("HTTP/1.0 404 Not Found\r\n\r\n")
        #expect(old.status == 404 && old.framing == .untilClose && !old.keepsAlive)
        let kept = try Self.parse("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n")
        #expect(kept.keepsAlive)
        let empty = try Self.parse("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")
        #expect(empty.hasNoBody)
    }

    private static func parse(_ text: String) throws -> ResponseHead {
        try Array(text.utf8)
            .withUnsafeBytes { bytes in
                var scanner = HeadScanner()
                guard let extent = try scanner.scan(bytes, maximumSize: 65_536, maximumLines: 100) else {
                    throw HeadRejection.badStatusLine
                }
                var lines = FieldLines()
                return try ResponseHead.parse(
                    UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end]),
                    into: &lines
                )
            }
    }
}
