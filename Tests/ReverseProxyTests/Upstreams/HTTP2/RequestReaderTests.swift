import NIOCore
import NIOHPACK
import Testing

@testable import ReverseProxy

@Suite("Requests as frames (RFC 9113, 8.1)")
struct RequestReaderTests {
    /// The frames of a request, as text: `H` fields, `D` data, `.` where the stream ends.
    static func read(_ head: String, _ body: String = "") throws -> String {
        var frames: [String] = []
        var reader = RequestReader(scheme: "http")
        var lines = FieldLines()
        var pending = ByteBuffer(string: head + "\r\n")
        func take() throws {
            while let piece = try reader.next(&pending, lines: &lines) {
                switch piece {
                case .fields(let fields, let ends):
                    let list = fields.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
                    frames.append("H \(list)\(ends ? "." : "")")
                case .data(let data, let ends):
                    frames.append("D \(String(buffer: data))\(ends ? "." : "")")
                }
            }
        }
        try take()
        for byte in body.utf8 {
            pending.writeInteger(byte)
            try take()
        }
        return frames.joined(separator: " | ")
    }

    private static let get = ":method=GET,:scheme=http,:path=/a?b,:authority=x:1"

    @Test(
        "become frames",
        arguments: [
            ("GET /a?b HTTP/1.1\r\nX-A: b\r\nHost: x:1\r\n", "", "H \(Self.get),x-a=b."),
            (
                "GET /a?b HTTP/1.1\r\nHost: x:1\r\nConnection: upgrade\r\nUpgrade: websocket\r\nX-A: b\r\n", "",
                "H \(Self.get),x-a=b."
            ),
            ("GET /a?b HTTP/1.1\r\nHost: x:1\r\nTE: trailers\r\n", "", "H \(Self.get),te=trailers."),
            ("GET /a?b HTTP/1.1\r\nHost: x:1\r\nTE: gzip\r\nKeep-Alive: 1\r\n", "", "H \(Self.get)."),
            ("GET /a?b HTTP/1.1\r\nHost: x:1\r\nContent-Length: 0\r\n", "", "H \(Self.get),content-length=0."),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n", "ok",
                "H :method=POST,:scheme=http,:path=/,:authority=x,content-length=2 | D o | D k."
            ),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\n",
                "H :method=POST,:scheme=http,:path=/,:authority=x | D a | D ."
            ),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "0\r\nX-Sum: 1\r\n\r\n",
                "H :method=POST,:scheme=http,:path=/,:authority=x | H x-sum=1."
            ),
        ]
    )
    func becomeFrames(_ head: String, _ body: String, _ frames: String) throws {
        #expect(try Self.read(head, body) == frames)
    }

    @Test func keepsCredentialsOutOfTables() throws {
        let head = "GET / HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nX-Portico-Role: ADMIN\r\nX-A: b\r\n\r\n"
        var pending = ByteBuffer(string: head)
        var lines = FieldLines()
        var reader = RequestReader(scheme: "https")
        guard case .fields(let fields, true)? = try reader.next(&pending, lines: &lines) else {
            Issue.record("No fields came.")
            return
        }
        let indexing = Dictionary(fields.map { ($0.name, $0.indexable) }, uniquingKeysWith: { first, _ in first })
        #expect(indexing["cookie"] == .neverIndexed && indexing["x-portico-role"] == .neverIndexed)
        #expect(indexing.values.allSatisfy { $0 == .neverIndexed || $0 == .nonIndexable })
    }

    @Test func aHeadMustFitIntoAFrame() throws {
        let long = String(repeating: "a", count: 8_000)
        #expect(try Self.read("GET / HTTP/1.1\r\nHost: x\r\nX: \(long)\r\n").hasSuffix("\(long)."))
        #expect(throws: HeadRejection.tooLong) {
            try Self.read("GET / HTTP/1.1\r\nHost: x\r\nX: \(long)\r\nY: \(long)\r\nZ: \(long)\r\n")
        }
    }

    @Test func nothingFollowsTheEnd() {
        #expect(throws: HeadRejection.badChunk) {
            try Self.read("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n", "ab")
        }
    }
}
