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

    private static func judge(_ bytes: [UInt8], _ kind: MessageStream.Kind) {
        let disagreement = Disagreement.find(in: bytes, kind: kind) { LLHTTPReader.read($0, kind: kind) }
        guard let disagreement else { return }
        print(String(decoding: bytes, as: UTF8.self).debugDescription)
        preconditionFailure("of the bytes above llhttp says something else: \(disagreement)")
    }
}
