import NIOCore
import Testing

@testable import ReverseProxy

@Suite("Chunked bodies (RFC 9112, 7.1)")
struct ChunkedBodyReaderTests {
    @Test(
        "refuses",
        arguments: [
            "\r\n", " 5\r\nabcde\r\n", "5 \r\nabcde\r\n", "0x5\r\nabcde\r\n", "-1\r\n", "+5\r\n", "g\r\n",
            "5\nabcde\r\n",
            "5\r\nabcdeX\r\n", "5\r\nabcde\n0\r\n\r\n", "5\rabcde", "5;a\u{1}b\r\n", "5;a\nb\r\n",
            "1234567890abcdef\r\n", "0\r\n\n", "0\r\nX : a\r\n\r\n", "0\r\n X: a\r\n\r\n", "0\r\nnonsense\r\n\r\n",
            "5;" + String(repeating: "a", count: 300) + "\r\n",
            "0\r\nX: " + String(repeating: "a", count: 5_000) + "\r\n\r\n",
            "0\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", "0\r\nContent-Length: 1\r\n\r\n",
            "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nConnection: close\r\n\r\n",
            "0\r\nProxy-Connection: close\r\n\r\n",
            "5 ;x\r\nabcde\r\n", "5; x\r\nabcde\r\n", "5;x \r\nabcde\r\n", "5;\r\nabcde\r\n", "5;;x\r\nabcde\r\n",
            "5;x=\r\nabcde\r\n", "5;x=a=b\r\nabcde\r\n", "5;x=\"a\r\nabcde\r\n", "5;x=\"a\"b\r\nabcde\r\n",
            "5;x=\"a\\\r\nabcde\r\n", "5;é=a\r\nabcde\r\n", "5,x\r\nabcde\r\n",
        ]
    )
    func refuses(_ body: String) {
        #expect(throws: HeadRejection.self) { try Self.read(body) }
    }

    @Test(
        "reads",
        arguments: [
            ("5\r\nabcde\r\n0\r\n\r\n", "abcde"), ("1\r\na\r\n1\r\nb\r\n0\r\n\r\n", "ab"), ("0\r\n\r\n", ""),
            ("00005\r\nabcde\r\n000\r\n\r\n", "abcde"), ("5;name=\"v;\\\"\";x;z=1\r\nabcde\r\n0;y\r\n\r\n", "abcde"),
            ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ]
    )
    func reads(_ body: String, _ expected: String) throws {
        let result = try Self.read(body)
        #expect(result.data == expected)
        #expect(result.isEnded)
        #expect(try Self.read(body, oneByteAtATime: true).data == expected)
    }

    @Test("an answer's sizes may be padded", arguments: ["5 \r\nabcde\r\n0\t \r\n\r\n", "5  ;x\r\nabcde\r\n0\r\n\r\n"])
    func readsPadding(_ body: String) throws {
        var buffer = ByteBuffer()
        var reader = ChunkedBodyReader(isAnswer: true)
        var data = ""
        var isEnded = false
        for byte in body.utf8 {
            buffer.writeInteger(byte)
            switch try reader.next(&buffer) {
            case .data(let piece)?: data += String(buffer: piece)
            case .end?: isEnded = true
            case nil: continue
            }
        }
        #expect(data == "abcde" && isEnded && buffer.readableBytes == 0)
        #expect(throws: HeadRejection.self) {
            var reader = ChunkedBodyReader(isAnswer: true)
            var endless = ByteBuffer(string: "5" + String(repeating: " ", count: 300))
            _ = try reader.next(&endless)
        }
    }

    @Test func leavesWhatFollows() throws {
        var buffer = ByteBuffer(string: "1\r\na\r\n0\r\n\r\nGET /")
        var reader = ChunkedBodyReader()
        while try reader.next(&buffer) != nil {}
        #expect(String(buffer: buffer) == "GET /")
    }

    @Test func dropsTrailersThatFrameNameOrSetCookies() throws {
        let trailers =
            "X-Sum: 1\r\nX_Portico_Role: ADMIN\r\nX.Portico.Role: ADMIN\r\nHost: b\r\nSet-Cookie: a=b\r\nRemote-User: x\r\nETag: 2\r\n"
        let result = try Self.read("0\r\n\(trailers)\r\n")
        #expect(result.trailers == "X-Sum: 1\r\nETag: 2\r\n")
    }

    private static func read(
        _ text: String,
        oneByteAtATime: Bool = false
    ) throws(HeadRejection) -> (data: String, trailers: String, isEnded: Bool) {
        var reader = ChunkedBodyReader()
        var data = ""
        var trailers: [UInt8] = []
        var isEnded = false
        var buffer = ByteBuffer()
        let pieces = oneByteAtATime ? text.utf8.map { ByteBuffer(bytes: [$0]) } : [ByteBuffer(string: text)]
        for piece in pieces {
            buffer.writeImmutableBuffer(piece)
            while let next = try reader.next(&buffer) {
                switch next {
                case .data(let bytes): data += String(buffer: bytes)
                case .end(let lines):
                    trailers = lines
                    isEnded = true
                }
            }
        }
        return (data, String(decoding: trailers, as: UTF8.self), isEnded)
    }
}
