import HTTP2Framing
import NIOCore
import Testing

@testable import ReverseProxy

@Suite("The fields of an HTTP/2 request (RFC 9113, 8.2 and 8.3)")
struct RequestBlockTests {
    /// A valid request, and what was done to it.
    struct Defect: CustomTestStringConvertible {
        let testDescription: String
        let rejection: HeaderBlockRejection
        var endsStream = true
        let apply: @Sendable (inout [(String, String)]) -> Void

        init(
            _ description: String,
            _ rejection: HeaderBlockRejection,
            endsStream: Bool = true,
            apply: @escaping @Sendable (inout [(String, String)]) -> Void
        ) {
            self.testDescription = description
            self.rejection = rejection
            self.endsStream = endsStream
            self.apply = apply
        }

        /// A field more.
        init(_ name: String, _ value: String, _ rejection: HeaderBlockRejection, endsStream: Bool = true) {
            self.init("\(name.debugDescription): \(value.debugDescription)", rejection, endsStream: endsStream) {
                $0.append((name, value))
            }
        }

        /// Another value of a pseudo-header field.
        static func value(_ name: String, _ value: String, _ rejection: HeaderBlockRejection) -> Defect {
            Defect("\(name) is \(value.debugDescription)", rejection) { fields in
                for index in fields.indices where fields[index].0 == name { fields[index].1 = value }
            }
        }

        /// No field of a name.
        static func without(_ name: String) -> Defect {
            Defect("no \(name)", .missingPseudoField) { $0.removeAll { $0.0 == name } }
        }

        static let pseudoFields: [Defect] = [
            .without(":method"), .without(":scheme"), .without(":path"),
            Defect(":path behind a field", .missingPseudoField) { $0.append($0.remove(at: 3)) },
            Defect(":path again behind a field", .latePseudoField) { $0.append((":path", "/")) },
            Defect(":protocol behind a field", .latePseudoField) { $0.append((":protocol", "websocket")) },
            Defect("a second :path", .repeatedPseudoField) { $0.insert((":path", "/"), at: 0) },
            Defect("a second :method", .repeatedPseudoField) { $0.insert((":method", "GET"), at: 0) },
            Defect("a second :scheme", .repeatedPseudoField) { $0.insert((":scheme", "https"), at: 0) },
            Defect("a second :authority", .repeatedPseudoField) { $0.insert((":authority", "a"), at: 0) },
            Defect(":status", .unknownPseudoField) { $0.insert((":status", "200"), at: 0) },
            Defect(":protocol", .unknownPseudoField) { $0.insert((":protocol", "websocket"), at: 0) },
            Defect("a name that is a colon", .unknownPseudoField) { $0.insert((":", "x"), at: 0) },
            Defect(":Path", .unknownPseudoField) { $0.insert((":Path", "/"), at: 0) },
            Defect("extended CONNECT", .unknownPseudoField) {
                $0[0].1 = "CONNECT"
                $0.insert((":protocol", "websocket"), at: 1)
            },
            Defect("CONNECT with a path", .missingPseudoField) { $0[0].1 = "CONNECT" },
            .value(":method", "", .badMethod), .value(":method", "GET ", .badMethod),
            .value(":method", "GET / HTTP/1.1\r\nx: y\r\n\r\nGET", .badMethod), .value(":method", "G(T", .badMethod),
            .value(":scheme", "ftp", .badScheme), .value(":scheme", "", .badScheme),
            .value(":scheme", "HTTPS", .badScheme), .value(":scheme", "https ", .badScheme),
            .value(":path", "", .badPath), .value(":path", "*", .badPath), .value(":path", "x", .badPath),
            .value(":path", "http://a/", .badPath), .value(":path", "/a b", .badPath),
            .value(":path", "/ HTTP/1.1\r\nx: y\r\n\r\nGET /", .badPath), .value(":path", "/\u{0}", .badPath),
            .value(":path", "/#top", .badPath), .value(":path", "/\t", .badPath), .value(":path", "/ä", .badPath),
            .value(":path", "/\u{7F}", .badPath), .value(":path", " /", .badPath),
            .value(":authority", "", .badAuthority), .value(":authority", "user@a", .badAuthority),
            .value(":authority", "user:password@a", .badAuthority), .value(":authority", "a\r\nx: y", .badAuthority),
            .value(":authority", "a b", .badAuthority), .value(":authority", "a#", .badAuthority),
        ]

        static let fields: [Defect] = [
            Defect("host", "b", .contradictoryHost), Defect("host", "a:443", .contradictoryHost),
            Defect("host", "", .contradictoryHost),
            Defect("host twice", .contradictoryHost) { $0 += [("host", "a"), ("host", "a")] },
            Defect("host twice, no :authority", .contradictoryHost) {
                $0.removeAll { $0.0 == ":authority" }
                $0 += [("host", "a"), ("host", "a")]
            },
            Defect("", "x", .badFieldName), Defect("X-A", "x", .badFieldName), Defect("x-A", "x", .badFieldName),
            Defect("x a", "x", .badFieldName), Defect("x:a", "x", .badFieldName), Defect("x ", "x", .badFieldName),
            Defect(" x", "x", .badFieldName), Defect("x\r\ny", "x", .badFieldName), Defect("x\n", "x", .badFieldName),
            Defect("x\u{0}", "x", .badFieldName), Defect("x-ä", "x", .badFieldName), Defect("x\t", "x", .badFieldName),
            Defect("x\u{7F}", "x", .badFieldName), Defect("x(y", "x", .badFieldName),
            Defect("x", "a\r\nx-portico-role: ADMIN", .badFieldValue), Defect("x", "a\nb", .badFieldValue),
            Defect("x", "a\rb", .badFieldValue), Defect("x", "a\u{0}b", .badFieldValue),
            Defect("x", "a\u{1}b", .badFieldValue), Defect("x", "a\u{7F}b", .badFieldValue),
            Defect("x", " a", .badFieldValue), Defect("x", "a ", .badFieldValue), Defect("x", "\ta", .badFieldValue),
            Defect("x", "a\t", .badFieldValue), Defect("x", " ", .badFieldValue),
            Defect("cookie", "a=1\r\nx: y", .badFieldValue),
            Defect("connection", "close", .connectionField), Defect("connection", "x-a", .connectionField),
            Defect("keep-alive", "timeout=5", .connectionField), Defect("proxy-connection", "close", .connectionField),
            Defect("transfer-encoding", "chunked", .connectionField, endsStream: false),
            Defect("transfer-encoding", "identity", .connectionField), Defect("upgrade", "websocket", .connectionField),
            Defect("te", "gzip", .connectionField), Defect("te", "trailers, gzip", .connectionField),
            Defect("te", "", .connectionField),
            Defect("content-length", "", .badContentLength), Defect("content-length", "-1", .badContentLength),
            Defect("content-length", "+1", .badContentLength), Defect("content-length", "0x1", .badContentLength),
            Defect("content-length", "1, 1", .badContentLength), Defect("content-length", "1 1", .badContentLength),
            Defect("content-length", "9999999999999999999", .badContentLength),
            Defect("content-length twice", .badContentLength, endsStream: false) {
                $0 += [("content-length", "1"), ("content-length", "1")]
            },
            Defect("content-length", "1", .contradictoryLength),
        ]
    }

    static let valid = HTTP2Client.fields("GET", "/a?b=c", [("x-a", "b")])

    static func write(_ fields: [(String, String)], endsStream: Bool = true) throws -> String {
        var head = ByteBuffer()
        _ = try RequestBlock.write(HeaderBlock(fields), endsStream: endsStream, to: &head)
        return String(buffer: head)
    }

    @Test("refuses a request with one defect", arguments: Defect.pseudoFields + Defect.fields)
    func refuses(_ defect: Defect) throws {
        var fields = Self.valid
        defect.apply(&fields)
        #expect(throws: defect.rejection) { try Self.write(fields, endsStream: defect.endsStream) }
    }

    @Test(
        "writes the same request as HTTP/1.1",
        arguments: [
            (Self.valid, true, "GET /a?b=c HTTP/1.1\r\nhost: a\r\nx-a: b\r\n\r\n"),
            (Self.valid + [("host", "A")], true, "GET /a?b=c HTTP/1.1\r\nhost: a\r\nx-a: b\r\n\r\n"),
            ([(":scheme", "http"), (":path", "/"), (":method", "GET")], true, "GET / HTTP/1.1\r\n\r\n"),
            (
                [(":method", "GET"), (":scheme", "https"), (":path", "/"), ("host", "a")], true,
                "GET / HTTP/1.1\r\nhost: a\r\n\r\n"
            ),
            (HTTP2Client.fields("OPTIONS", "*"), true, "OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n"),
            (
                HTTP2Client.fields("GET", "/", [("cookie", "a=1"), ("x", ""), ("cookie", "b=2"), ("cookie", "c=3")]),
                true,
                "GET / HTTP/1.1\r\nhost: a\r\nx: \r\ncookie: a=1; b=2; c=3\r\n\r\n"
            ),
            (
                HTTP2Client.fields("POST", "/"), false,
                "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
            ),
            (
                HTTP2Client.fields("POST", "/", [("content-length", "3")]), false,
                "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n"
            ),
            (
                HTTP2Client.fields("POST", "/", [("content-length", "0")]), true,
                "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n"
            ),
            (
                HTTP2Client.fields("GET", "/", [("te", "trailers"), ("x_a", "b"), ("x", "ü \t a")]), true,
                "GET / HTTP/1.1\r\nhost: a\r\nte: trailers\r\nx_a: b\r\nx: ü \t a\r\n\r\n"
            ),
            ([(":method", "CONNECT"), (":authority", "b:443")], true, "CONNECT b:443 HTTP/1.1\r\nhost: b:443\r\n\r\n"),
        ]
    )
    func writes(_ fields: [(String, String)], _ endsStream: Bool, _ head: String) throws {
        #expect(try Self.write(fields, endsStream: endsStream) == head)
    }

    @Test(
        "has room for what a head has more than its fields",
        arguments: [
            [(":method", "CONNECT"), (":authority", String(repeating: "b", count: 50_000))],
            HTTP2Client.fields("POST", "/", Array(repeating: ("x", ""), count: 1_000)),
            HTTP2Client.fields("POST", "/", Array(repeating: ("cookie", ""), count: 1_000)),
            [(":scheme", "http"), (":path", "/"), (":method", "B")],
        ]
    )
    func hasRoom(_ fields: [(String, String)]) throws {
        let head = try Self.write(fields, endsStream: false)
        #expect(head.hasSuffix("\r\ntransfer-encoding: chunked\r\n\r\n"))
        #expect(head.utf8.count > fields.reduce(0) { $0 + $1.1.utf8.count })
    }

    @Test(
        "refuses trailers",
        arguments: [
            (":path", "/", HeaderBlockRejection.latePseudoField), ("X", "y", .badFieldName),
            ("x", "a\r\nb: c", .badFieldValue), ("connection", "close", .connectionField),
        ]
    )
    func refusesTrailers(_ name: String, _ value: String, _ rejection: HeaderBlockRejection) {
        var lines = ByteBuffer()
        #expect(throws: rejection) {
            try RequestBlock.writeTrailers(HeaderBlock([("x-a", "b"), (name, value)]), to: &lines)
        }
    }
}
