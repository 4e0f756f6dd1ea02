import Testing

@testable import ReverseProxy

@Suite("Request head (RFC 9112)")
struct RequestHeadTests {
    /// One defect in a head that is otherwise valid.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rejection: HeadRejection
        let head: String

        init(_ description: String, _ rejection: HeadRejection, _ head: String) {
            self.testDescription = description
            self.rejection = rejection
            self.head = head
        }

        init(_ description: String, _ rejection: HeadRejection, line: String) {
            self.init(description, rejection, "GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n")
        }

        static let all: [Defect] = [
            Defect("bare LF after the request line", .bareLineFeed, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
            Defect("bare LF after a header line", .bareLineFeed, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
            Defect("bare LF as the empty line", .bareLineFeed, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
            Defect("bare CR in a value", .badFieldValue, line: "X: a\rb"),
            Defect("bare CR in the target", .badTarget, "GET /\rx HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("CR CR LF at a line's end", .badFieldValue, line: "X: a\r"),
            Defect("NUL in a value", .badFieldValue, line: "X: a\0b"),
            Defect("NUL in a name", .badFieldName, line: "X\0: a"),
            Defect("NUL in the target", .badTarget, "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("control byte in a value", .badFieldValue, line: "X: a\u{1}b"),
            Defect("DEL in a value", .badFieldValue, line: "X: a\u{7F}b"),
            Defect("folded line with a space", .foldedLine, line: "X: a\r\n b"),
            Defect("folded line with a tab", .foldedLine, line: "X: a\r\n\tb"),
            Defect("space before the first header", .foldedLine, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
            Defect("space before the colon", .badFieldName, line: "X : a"),
            Defect("tab before the colon", .badFieldName, line: "X\t: a"),
            Defect("space before the colon of Content-Length", .badFieldName, line: "Content-Length : 5"),
            Defect("empty name", .badFieldName, line: ": a"),
            Defect("line without a colon", .badFieldName, line: "nonsense"),
            Defect("quote in a name", .badFieldName, line: "\"X\": a"),
            Defect("letter outside ASCII in a name", .badFieldName, line: "X-É: a"),
            Defect("no Host", .badHost, "GET / HTTP/1.1\r\nX: a\r\n\r\n"),
            Defect("two Hosts", .badHost, line: "Host: a"),
            Defect("two Hosts that differ", .badHost, line: "host: b"),
            Defect("empty Host", .badHost, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
            Defect("Host with a path", .badHost, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
            Defect("Host with user information", .badHost, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
            Defect("Host with a space", .badHost, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
            Defect("Host with a list", .badHost, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
            Defect("Host with a port that is none", .badHost, "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n"),
            Defect("Host with an empty port", .badHost, "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"),
            Defect("Host with two ports", .badHost, "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n"),
            Defect("two Content-Lengths", .badContentLength, line: "Content-Length: 1\r\nContent-Length: 1"),
            Defect(
                "two Content-Lengths that differ",
                .badContentLength,
                line: "Content-Length: 1\r\ncontent-length: 2"
            ),
            Defect("a list of Content-Lengths", .badContentLength, line: "Content-Length: 1, 1"),
            Defect("negative Content-Length", .badContentLength, line: "Content-Length: -1"),
            Defect("Content-Length with a plus", .badContentLength, line: "Content-Length: +1"),
            Defect("hexadecimal Content-Length", .badContentLength, line: "Content-Length: 0x1"),
            Defect("empty Content-Length", .badContentLength, line: "Content-Length:"),
            Defect("Content-Length and a tab", .badContentLength, line: "Content-Length: 1\t"),
            Defect("Content-Length, a tab and a space", .badContentLength, line: "Content-Length: 1\t "),
            Defect(
                "Content-Length beyond all numbers",
                .badContentLength,
                line: "Content-Length: 99999999999999999999"
            ),
            Defect(
                "Content-Length, then chunked",
                .badTransferEncoding,
                line: "Content-Length: 1\r\nTransfer-Encoding: chunked"
            ),
            Defect(
                "chunked, then Content-Length",
                .badTransferEncoding,
                line: "Transfer-Encoding: chunked\r\nContent-Length: 1"
            ),
            Defect(
                "two chunked",
                .badTransferEncoding,
                line: "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            ),
            Defect("chunked twice in one line", .badTransferEncoding, line: "Transfer-Encoding: chunked, chunked"),
            Defect("gzip, chunked", .badTransferEncoding, line: "Transfer-Encoding: gzip, chunked"),
            Defect("identity", .badTransferEncoding, line: "Transfer-Encoding: identity"),
            Defect("misspelt chunked", .badTransferEncoding, line: "Transfer-Encoding: xchunked"),
            Defect("quoted chunked", .badTransferEncoding, line: "Transfer-Encoding: \"chunked\""),
            Defect("chunked with a vertical tab", .badFieldValue, line: "Transfer-Encoding: \u{B}chunked"),
            Defect("chunked and a tab", .badTransferEncoding, line: "Transfer-Encoding: chunked\t"),
            Defect("chunked with a parameter", .badTransferEncoding, line: "Transfer-Encoding: chunked;q=1"),
            Defect("empty Transfer-Encoding", .badTransferEncoding, line: "Transfer-Encoding:"),
            Defect(
                "chunked in HTTP/1.0",
                .badTransferEncoding,
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
            Defect("unknown method", .unknownMethod, "FETCH / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("method in lower case", .unknownMethod, "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("HTTP/2 preface", .unknownMethod, "PRI * HTTP/2.0\r\n\r\n"),
            Defect("no method", .badRequestLine, " / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("method that is no token", .badRequestLine, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("two spaces before the target", .badTarget, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("two spaces behind the target", .badVersion, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("tab behind the method", .badRequestLine, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("tab behind the target", .badTarget, "GET /\tHTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("no version", .badTarget, "GET /\r\nHost: a\r\n\r\n"),
            Defect("fragment", .badTarget, "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("byte outside ASCII in the target", .badTarget, "GET /é HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("target that is no path", .badTarget, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("asterisk", .badTarget, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("absolute target of another host", .badTarget, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("absolute target with another port", .badTarget, "GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("absolute target of another scheme", .badTarget, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("absolute target without a path", .badTarget, "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n"),
            Defect("HTTP/1.2", .badVersion, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
            Defect("HTTP/2.0", .badVersion, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
            Defect("HTTP/0.9", .badVersion, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
            Defect("HTTP/11", .badVersion, "GET / HTTP/1.11\r\nHost: a\r\n\r\n"),
            Defect("version in lower case", .badVersion, "GET / http/1.1\r\nHost: a\r\n\r\n"),
            Defect("space behind the version", .badVersion, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
            Defect(
                "too many lines",
                .tooManyLines,
                "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: a\r\n", count: 100) + "\r\n"
            ),
            Defect("too long", .tooLong, line: "X: " + String(repeating: "a", count: 32_768)),
        ]
    }

    @Test("refuses", arguments: Defect.all)
    func refuses(_ defect: Defect) {
        #expect(throws: defect.rejection) { try ParsedHead(defect.head) }
    }

    @Test(
        "accepts",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a?b=c&d=/e/../f;g HTTP/1.1\r\nHost: a.example:8080\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nhOsT:\t a \t\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nY: é\tü\r\n\r\n",
            "PROPFIND /dav HTTP/1.1\r\nHost: a\r\nDepth: 1\r\n\r\n",
            "M-SEARCH /dav HTTP/1.1\r\nHost: a\r\n\r\n",
        ]
    )
    func accepts(_ head: String) throws {
        _ = try ParsedHead(head)
    }

    @Test func readsFramingAndConnection() throws {
        let chunked = try ParsedHead(
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:  Chunked \r\nConnection: Keep-Alive, X-A\r\n\r\n"
        )
        #expect(chunked.request.framing == .chunked)
        #expect(chunked.request.connection == [.keepAlive, .names])
        #expect(chunked.request.keepsAlive)
        let length = try ParsedHead("POST /x HTTP/1.0\r\nContent-Length: 0012\r\n\r\n")
        #expect(length.request.framing == .length(12))
        #expect(!length.request.keepsAlive)
        let old = "GET /x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive"
        #expect(try ParsedHead("\(old) \r\n\r\n").request.keepsAlive)
        // Those that servers do not agree on.
        #expect(try !ParsedHead("\(old)\t\r\n\r\n").request.keepsAlive)
        #expect(try !ParsedHead("\(old)\r\nProxy-Connection: a, Close\r\n\r\n").request.keepsAlive)
        let close = try ParsedHead("GET /x HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n")
        #expect(!close.request.keepsAlive)
    }

    @Test func readsTheTarget() throws {
        let origin = try ParsedHead("GET /a/b?c HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(origin.path == "/a/b")
        let absolute = try ParsedHead("GET http://A.example/a/b?c HTTP/1.1\r\nHost: a.example\r\n\r\n")
        #expect(absolute.path == "/a/b")
    }

    @Test func readsAHeadThatArrivesOneByteAtATime() throws {
        let head = Array("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\nrest".utf8)
        var scanner = HeadScanner()
        var end: Int?
        for count in 1...head.count where end == nil {
            end = try head[..<count]
                .withUnsafeBytes { bytes in
                    try scanner.scan(bytes, maximumSize: 1_000, maximumLines: 10)?.end
                }
        }
        #expect(end == head.count - 4)
    }
}

/// A head as the data plane reads it.
struct ParsedHead {
    let request: RequestHead
    let path: String

    init(_ text: String) throws {
        let bytes = Array(text.utf8)
        (self.request, self.path) = try bytes.withUnsafeBytes { bytes in
            var scanner = HeadScanner()
            guard let extent = try scanner.scan(bytes, maximumSize: 32_768, maximumLines: 100) else {
                throw HeadRejection.badRequestLine
            }
            var lines = FieldLines()
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            let request = try RequestHead.parse(head, into: &lines)
            return (request, String(decoding: head[request.pathStart..<request.pathEnd], as: UTF8.self))
        }
    }
}
