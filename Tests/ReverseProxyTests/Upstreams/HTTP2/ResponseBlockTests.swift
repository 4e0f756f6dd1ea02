import NIOCore
import NIOHPACK
import Testing

@testable import ReverseProxy

@Suite("The fields of an upstream's answer over HTTP/2 (RFC 9113, 8.2 and 8.3)")
struct ResponseBlockTests {
    /// A valid answer, and what was done to it.
    struct Defect: CustomTestStringConvertible {
        let testDescription: String
        let rejection: HeaderBlockRejection
        var endsStream = false
        let apply: @Sendable (inout [(String, String)]) -> Void

        init(
            _ description: String,
            _ rejection: HeaderBlockRejection,
            endsStream: Bool = false,
            apply: @escaping @Sendable (inout [(String, String)]) -> Void
        ) {
            self.testDescription = description
            self.rejection = rejection
            self.endsStream = endsStream
            self.apply = apply
        }

        /// A field more.
        init(_ name: String, _ value: String, _ rejection: HeaderBlockRejection, endsStream: Bool = false) {
            self.init("\(name.debugDescription): \(value.debugDescription)", rejection, endsStream: endsStream) {
                $0.append((name, value))
            }
        }

        static func status(_ value: String, endsStream: Bool = false) -> Defect {
            Defect(":status \(value.debugDescription)", .badStatus, endsStream: endsStream) { $0[0].1 = value }
        }

        static let all: [Defect] = [
            Defect("no :status", .missingPseudoField) { $0.removeFirst() },
            Defect("nothing", .missingPseudoField) { $0 = [] },
            Defect(":status behind a field", .missingPseudoField) { $0.append($0.removeFirst()) },
            Defect(":status twice", .repeatedPseudoField) { $0.insert((":status", "200"), at: 0) },
            Defect(":status again behind a field", .repeatedPseudoField) { $0.append((":status", "500")) },
            Defect(":path", .unknownPseudoField) { $0.insert((":path", "/"), at: 0) },
            Defect(":path", "/", .unknownPseudoField), Defect(":", "x", .unknownPseudoField),
            .status(""), .status("20"), .status("2000"), .status("20a"), .status("099"), .status("600"), .status("+20"),
            .status("101"), .status("200 OK\r\nx: y"), .status("20\u{0}"), .status("100", endsStream: true),
            Defect("", "x", .badFieldName), Defect("X-A", "x", .badFieldName), Defect("x-A", "x", .badFieldName),
            Defect("x a", "x", .badFieldName), Defect("x:a", "x", .badFieldName), Defect("x ", "x", .badFieldName),
            Defect("x\r\ny", "x", .badFieldName), Defect("x\u{0}", "x", .badFieldName),
            Defect("x-ä", "x", .badFieldName),
            Defect("x", "a\r\nset-cookie: b=c", .badFieldValue), Defect("x", "a\nb", .badFieldValue),
            Defect("x", "a\rb", .badFieldValue), Defect("x", "a\u{0}b", .badFieldValue),
            Defect("x", " a", .badFieldValue),
            Defect("x", "a ", .badFieldValue), Defect("x", "a\u{7F}", .badFieldValue),
            Defect("x", "\t", .badFieldValue),
            Defect("x", "a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", .badFieldValue),
            Defect("connection", "close", .connectionField), Defect("connection", "x-a", .connectionField),
            Defect("keep-alive", "timeout=5", .connectionField), Defect("proxy-connection", "close", .connectionField),
            Defect("transfer-encoding", "chunked", .connectionField), Defect("transfer-encoding", "", .connectionField),
            Defect("upgrade", "websocket", .connectionField), Defect("te", "trailers", .connectionField),
            Defect("content-length", "", .badContentLength), Defect("content-length", "-1", .badContentLength),
            Defect("content-length", "+1", .badContentLength), Defect("content-length", "1, 1", .badContentLength),
            Defect("content-length", "0x1", .badContentLength), Defect("content-length", "1 ", .badFieldValue),
            Defect("content-length", "9999999999999999999", .badContentLength),
            Defect("content-length twice", .badContentLength) {
                $0 += [("content-length", "1"), ("content-length", "1")]
            },
            Defect("content-length", "1", .contradictoryLength, endsStream: true),
        ]
    }

    private static let valid = [(":status", "200"), ("x-a", "b")]

    private static func write(
        _ fields: [(String, String)],
        endsStream: Bool = false,
        isHEAD: Bool = false
    ) throws -> (text: String, body: ResponseBlock.Body) {
        var head = ByteBuffer()
        let body = try ResponseBlock.write(HPACKHeaders(fields), endsStream: endsStream, isHEAD: isHEAD, to: &head)
        return (String(buffer: head), body)
    }

    @Test("become a head")
    func valid() throws {
        let rows: [([(String, String)], ends: Bool, isHEAD: Bool, String, ResponseBlock.Body)] = [
            (Self.valid, false, false, "200 \r\nx-a: b\r\ntransfer-encoding: chunked\r\nconnection: close", .chunked),
            (Self.valid, true, false, "200 \r\nx-a: b\r\ncontent-length: 0\r\nconnection: close", .length(0)),
            (Self.valid, true, true, "200 \r\nx-a: b\r\nconnection: close", .none),
            (Self.valid, false, true, "200 \r\nx-a: b\r\nconnection: close", .none),
            ([(":status", "204")], true, false, "204 \r\nconnection: close", .none),
            (
                [(":status", "304"), ("content-length", "9")], true, false,
                "304 \r\ncontent-length: 9\r\nconnection: close", .none
            ),
            (
                [(":status", "200"), ("content-length", "9")], false, false,
                "200 \r\ncontent-length: 9\r\nconnection: close", .length(9)
            ),
            (
                [(":status", "200"), ("content-length", "0")], true, false,
                "200 \r\ncontent-length: 0\r\nconnection: close", .length(0)
            ),
            ([(":status", "103"), ("link", "x")], false, false, "103 \r\nlink: x", .anotherHead),
            (
                [(":status", "200"), ("grpc-status", "5"), ("x", "")], true, false,
                "200 \r\ngrpc-status: 5\r\nx: \r\ncontent-length: 0\r\nconnection: close", .length(0)
            ),
        ]
        for (fields, ends, isHEAD, text, body) in rows {
            let head = try Self.write(fields, endsStream: ends, isHEAD: isHEAD)
            #expect(head.text == "HTTP/1.1 \(text)\r\n\r\n" && head.body == body)
            var lines = FieldLines()
            let response = try Array(head.text.utf8)
                .withUnsafeBytes { bytes throws(HeadRejection) in
                    try ResponseHead.parse(bytes, into: &lines)
                }
            #expect(response.isInterim || !response.keepsAlive)
        }
    }

    @Test("one defect", arguments: Defect.all)
    func defect(_ defect: Defect) throws {
        var fields = Self.valid
        defect.apply(&fields)
        #expect(throws: defect.rejection) { try Self.write(fields, endsStream: defect.endsStream) }
    }

    @Test("trailers")
    func trailers() throws {
        func write(_ fields: [(String, String)]) throws -> String {
            var lines = ByteBuffer()
            try ResponseBlock.writeTrailers(HPACKHeaders(fields), to: &lines)
            return String(buffer: lines)
        }
        #expect(try write([("grpc-status", "0"), ("grpc-message", "")]) == "grpc-status: 0\r\ngrpc-message: \r\n")
        let defects: [(String, String, HeaderBlockRejection)] = [
            (":status", "200", .latePseudoField), (":x", "y", .latePseudoField), ("X-A", "b", .badFieldName),
            ("x", "a\r\nb: c", .badFieldValue), ("connection", "close", .connectionField),
            ("transfer-encoding", "chunked", .connectionField),
        ]
        for (name, value, rejection) in defects {
            #expect(throws: rejection) { try write([("grpc-status", "0"), (name, value)]) }
        }
    }
}
