import HTTP2Framing
import NIOCore
import NIOHPACK
import Testing

@testable import ReverseProxy

@Suite("Answers as frames (RFC 9113, 8.1)")
struct AnswerReaderTests {
    /// The frames of an answer, as text: `H` fields, `D` data, `.` where the stream ends.
    static func read(_ text: String, isHEAD: Bool = false) throws -> String {
        var frames: [String] = []
        var reader = AnswerReader()
        reader.isHEAD = isHEAD
        var pending = ByteBuffer()
        var lines = FieldLines()
        var block = HeaderBlock()
        // One byte at a time, which is the hardest way.
        for byte in text.utf8 {
            pending.writeInteger(byte)
            while let piece = try reader.next(&pending, lines: &lines, block: &block) {
                let list = block.list.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
                switch piece {
                case .interim, .head(endsStream: false): frames.append("H \(list)")
                case .head(endsStream: true), .trailers: frames.append("H \(list).")
                case .data(let data, let ends):
                    frames.append("D \(String(buffer: data))\(ends ? "." : "")")
                }
            }
        }
        if !reader.isEnded { frames.append("…") }
        return frames.joined(separator: " | ")
    }

    @Test(
        "become frames",
        arguments: [
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nok",
                "H :status=200,content-length=2,x-a=b | D o | D k."
            ),
            ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "H :status=200,content-length=0."),
            ("HTTP/1.1 204 No Content\r\n\r\n", "H :status=204."),
            (
                "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 9\r\n\r\n",
                "H :status=304,etag=x,content-length=9."
            ),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
                "H :status=100 | H :status=103,link=x | H :status=204."
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n",
                "H :status=200 | D a | D b | D ."
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n",
                "H :status=200 | H x-sum=1."
            ),
            (
                "HTTP/1.1 200 OK\r\nConnection: close\r\nKeep-Alive: 5\r\nUpgrade: x\r\nContent-Length: 0\r\n\r\n",
                "H :status=200,content-length=0."
            ),
            (
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n",
                "H :status=200,set-cookie=a=1,set-cookie=b=2,content-length=0."
            ),
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", "H :status=200,content-length=2 | D o | …"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "H :status=200 | D a | D b | …"),
        ]
    )
    func become(_ answer: String, _ frames: String) throws {
        #expect(try Self.read(answer) == frames)
    }

    @Test func toHEADHaveNoBody() throws {
        let frames = try Self.read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", isHEAD: true)
        #expect(frames == "H :status=200,content-length=2.")
    }

    @Test(
        "are refused",
        arguments: [
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", HeadRejection.badSwitch),
            ("HTTP/1.1 200 OK\r\n\r\nuntil the end", .badContentLength),
            ("HTTP/1.1 200 OK\r\nX: a\nY: b\r\n\r\n", .bareLineFeed),
            ("HTTP/1.1 200 OK\r\nX: a\rY: b\r\n\r\n", .badFieldValue),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok", .badChunk),
            ("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", .badChunk),
        ]
    )
    func areRefused(_ answer: String, _ rejection: HeadRejection) {
        #expect(throws: rejection) { try Self.read(answer) }
    }

    @Test(
        "fit one frame or are refused",
        arguments: [
            ("a", 16_000, true), ("a", 17_000, false), ("{", 8_000, true), ("{", 8_200, false), ("é", 2_000, true),
            ("é", 2_100, false), ("\\", 5_400, true), ("\\", 5_600, false), ("\t;", 4_050, true),
        ]
    )
    func fitOneFrame(_ character: String, _ count: Int, _ fits: Bool) throws {
        let value = String(repeating: character, count: count)
        var bytes = ByteBuffer(string: "HTTP/1.1 204 No\r\nX: \(value)\r\n\r\n")
        var reader = AnswerReader()
        var lines = FieldLines()
        var block = HeaderBlock()
        guard fits else {
            #expect(throws: HeadRejection.tooLong) { try reader.next(&bytes, lines: &lines, block: &block) }
            return
        }
        guard case .head(endsStream: true)? = try reader.next(&bytes, lines: &lines, block: &block) else {
            Issue.record("There are no fields.")
            return
        }
        #expect(try Self.encodedSize(HPACKHeaders(block.list.map { ($0.name, $0.value) })) <= 16_384)
    }

    private static func encodedSize(_ fields: HPACKHeaders) throws -> Int {
        var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
        var block = ByteBuffer()
        try encoder.encode(headers: fields, to: &block)
        return block.readableBytes
    }

    @Test("fit one frame also where they are no UTF-8, as trailers too", arguments: [(1_200, true), (1_400, false)])
    func fitOneFrameWithOtherBytes(_ count: Int, _ fits: Bool) throws {
        var head = ByteBuffer(string: "HTTP/1.1 204 No\r\nX: ")
        head.writeRepeatingByte(0xFF, count: count)
        head.writeString("\r\n\r\n")
        var reader = AnswerReader()
        var lines = FieldLines()
        var block = HeaderBlock()
        let trailers = Array("X: ".utf8) + Array(repeating: 0xFF, count: count) + [0x0D, 0x0A]
        guard fits else {
            #expect(throws: HeadRejection.tooLong) { try reader.next(&head, lines: &lines, block: &block) }
            #expect(throws: HeadRejection.tooLong) { try AnswerBlock.write(trailers: trailers, to: &block) }
            #expect(throws: HeadRejection.tooLong) { try RequestFields.trailers(trailers) }
            return
        }
        guard case .head(endsStream: true)? = try reader.next(&head, lines: &lines, block: &block) else {
            Issue.record("There are no fields.")
            return
        }
        let sent = [UInt8](repeating: 0xFF, count: count)
        #expect(Array(block.bytes[..<block.size].suffix(count)) == sent)
        try AnswerBlock.write(trailers: trailers, to: &block)
        #expect(Array(block.bytes[..<block.size]) == Array("x".utf8) + sent)
        #expect(try Self.encodedSize(try RequestFields.trailers(trailers)) <= 16_384)
    }

    @Test func keepCredentialsOutOfTables() throws {
        var reader = AnswerReader()
        var bytes = ByteBuffer(string: "HTTP/1.1 204 No\r\nSet-Cookie: a=1\r\nX-A: b\r\n\r\n")
        var lines = FieldLines()
        var block = HeaderBlock()
        guard case .head(endsStream: true)? = try reader.next(&bytes, lines: &lines, block: &block) else {
            Issue.record("There are no fields.")
            return
        }
        let isSensitive = Dictionary(uniqueKeysWithValues: block.list.map { ($0.name, $0.isSensitive) })
        #expect(isSensitive["set-cookie"] == true)
        #expect(isSensitive["x-a"] == false)
    }
}
