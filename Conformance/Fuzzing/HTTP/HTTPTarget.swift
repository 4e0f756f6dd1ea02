/// The data plane's parsers of HTTP/1: no crash, and nothing is accepted that llhttp refuses or reads in another way.
///
/// The bytes are what a connection brings: heads, bodies and what follows them. They are read once as a whole and once byte
/// by byte, and must say the same.
package enum HTTPTarget {
    /// What a client sends.
    case requests
    /// What a client sends behind the head of a request whose body is chunked.
    case chunks
    /// What an upstream answers, to GET and to HEAD.
    case answers

    /// Judges what a fuzzer gives.
    package func run(_ bytes: [UInt8]) {
        switch self {
        case .requests:
            Self.judge(bytes, .requests)
        case .chunks:
            Self.judge("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8 + bytes, .requests)
        case .answers:
            Self.judge(bytes, .answers)
            Self.judge(bytes, .answersToHEAD)
        }
    }

    /// Judges every message that differs from one by one byte or one piece of HTTP/1: put in at any place, or instead of the
    /// byte there, or that byte taken out.
    ///
    /// What random changes find now and then, this finds each time.
    package func runEveryChange(of bytes: [UInt8]) {
        self.run(bytes)
        for index in bytes.indices {
            self.run(Array(bytes[..<index] + bytes[(index + 1)...]))
            for piece in Self.pieces {
                self.run(Array(bytes[..<index] + piece + bytes[index...]))
                self.run(Array(bytes[..<index] + piece + bytes[(index + 1)...]))
            }
        }
    }

    /// Every byte that is no letter or digit, some that are, and what HTTP/1 is made of.
    private static let pieces: [[UInt8]] =
        (UInt8.min...UInt8.max).filter { $0 <= 0x40 || (0x5B...0x61).contains($0) || (0x7B...0x80).contains($0) }
        .map { [$0] }
        + [[0xFF]]
        + [
            "\r\n", "\r\n\r\n", " \t", "\t ", "0x", "chunked", "close", "identity", "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: upgrade\r\n", "Upgrade: a\r\n",
            "Expect: 100-continue\r\n", "Host: a\r\n", "0\r\n\r\n", "1\r\na\r\n", " HTTP/1.1\r\n", "X: a\r\n b: c\r\n",
        ]
        .map { Array($0.utf8) }

    private static func judge(_ bytes: [UInt8], _ kind: MessageStream.Kind) {
        let disagreement = Disagreement.find(in: bytes, kind: kind) { LLHTTPReader.read($0, kind: kind) }
        guard let disagreement else { return }
        // An optimized build tells why it stops of `fatalError` alone.
        fatalError(
            "\(String(decoding: bytes, as: UTF8.self).debugDescription): llhttp says something else: \(disagreement)"
        )
    }
}
