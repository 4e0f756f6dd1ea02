import NIOCore
import NIOHPACK

/// Writes the fields of a stream's request as the HTTP/1.1 head that ``FrontHandler`` reads (RFC 9113, 8.3.1).
///
///     :method GET, :path /a, :authority x, cookie a=1, cookie b=2
///
///     GET /a HTTP/1.1
///     host: x
///     cookie: a=1; b=2
///
/// Here is refused what HTTP/1.1 has no words for, or other words: whatever could become another line, another head or
/// another length on the way. Everything that has the same words in both is judged by the one reading of heads.
struct RequestBlock {
    /// How the body is framed towards the front handler.
    let framing: BodyFraming
    /// Whether the method is HEAD, whose answer has no body.
    let isHEAD: Bool

    /// Writes a request.
    ///
    /// - Parameters:
    ///   - fields: What the HEADERS frame holds.
    ///   - endsStream: Whether there is no body.
    ///   - head: Where the head goes, with its empty line.
    /// - Returns: What must be known of the request to follow its stream.
    /// - Throws: The first defect; what was written until then is no head.
    static func write(
        _ fields: HPACKHeaders,
        endsStream: Bool,
        to head: inout ByteBuffer
    ) throws(HeaderBlockRejection) -> RequestBlock {
        var pseudoFields = PseudoFields()
        var lines = Lines()
        var isBehindPseudoFields = false
        for (name, value, _) in fields {
            if name.utf8.first == UInt8(ascii: ":") {
                guard !isBehindPseudoFields else { throw .latePseudoField }
                try pseudoFields.note(name, value)
                continue
            }
            if !isBehindPseudoFields {
                isBehindPseudoFields = true
                try pseudoFields.write(to: &head)
            }
            try lines.write(name, value, authority: pseudoFields.authority, to: &head)
        }
        if !isBehindPseudoFields { try pseudoFields.write(to: &head) }
        lines.writeCookies(to: &head)
        let framing: BodyFraming
        if let length = lines.contentLength {
            guard !endsStream || length == 0 else { throw .contradictoryLength }
            framing = .length(length)
        } else if endsStream {
            framing = .length(0)
        } else {
            head.writeStaticString("transfer-encoding: chunked\r\n")
            framing = .chunked
        }
        head.writeStaticString("\r\n")
        return RequestBlock(framing: framing, isHEAD: pseudoFields.method == "HEAD")
    }

    /// Writes trailers as lines, without the empty one.
    ///
    /// What of them may pass is decided where chunked bodies are read.
    static func writeTrailers(_ fields: HPACKHeaders, to buffer: inout ByteBuffer) throws(HeaderBlockRejection) {
        var lines = Lines()
        for (name, value, _) in fields {
            guard name.utf8.first != UInt8(ascii: ":") else { throw .latePseudoField }
            try lines.write(name, value, authority: nil, to: &buffer)
        }
        lines.writeCookies(to: &buffer)
    }
}

extension RequestBlock {
    /// The fields that are not pseudo-header fields, as far as they are to be known.
    private struct Lines {
        private(set) var contentLength: Int?
        private var hasHost = false
        private var cookie: String?
        private var moreCookies: [String] = []

        /// Checks a field and writes its line.
        mutating func write(
            _ name: String,
            _ value: String,
            authority: String?,
            to head: inout ByteBuffer
        ) throws(HeaderBlockRejection) {
            guard FieldText.isName(name) else { throw .badFieldName }
            guard FieldText.isValue(value) else { throw .badFieldValue }
            switch FieldText.kind(of: name) {
            case .connection, .upgrade, .transferEncoding:
                throw .connectionField
            case .hopByHop:
                if name == "keep-alive" || name == "proxy-connection" { throw .connectionField }
                if name == "te", value != "trailers" { throw .connectionField }
            case .host:
                guard !self.hasHost else { throw .contradictoryHost }
                self.hasHost = true
                if let authority {
                    guard FieldText.isSame(authority, value) else { throw .contradictoryHost }
                    return
                }
            case .cookie:
                self.note(cookie: value)
                return
            case .contentLength:
                guard self.contentLength == nil, let length = FieldText.length(value) else { throw .badContentLength }
                self.contentLength = length
            case .other, .expect, .setCookie, .identity, .forwardedFor, .forwardedProto, .forwardedHost, .forwarding,
                .requestID, .proxy, .accept, .fetchMode, .twin:
                break
            }
            head.writeString(name)
            head.writeStaticString(": ")
            head.writeString(value)
            head.writeStaticString("\r\n")
        }

        private mutating func note(cookie value: String) {
            if self.cookie == nil { self.cookie = value } else { self.moreCookies.append(value) }
        }

        /// Writes the cookies as one line (RFC 9113, 8.2.3).
        func writeCookies(to head: inout ByteBuffer) {
            guard let cookie = self.cookie else { return }
            head.writeStaticString("cookie: ")
            head.writeString(cookie)
            for more in self.moreCookies {
                head.writeStaticString("; ")
                head.writeString(more)
            }
            head.writeStaticString("\r\n")
        }
    }
}
