import HTTP2Framing
import NIOCore

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

    /// More than a head has beside its fields: the rest of its first line and of `host`, and the lines that end it.
    private static let frameSize = 128
    /// More than a line has beside its field.
    private static let lineFrameSize = 8

    /// Writes a request.
    ///
    /// - Parameters:
    ///   - block: What the HEADERS frame holds.
    ///   - endsStream: Whether there is no body.
    ///   - head: Where the head goes, with its empty line.
    /// - Returns: What must be known of the request to follow its stream.
    /// - Throws: The first defect; what was written until then is no head.
    static func write(
        _ block: borrowing HeaderBlock,
        endsStream: Bool,
        to head: inout ByteBuffer
    ) throws(HeaderBlockRejection) -> RequestBlock {
        try Self.read(block, writingTo: &head) { fields, head throws(HeaderBlockRejection) in
            try Self.write(fields, endsStream: endsStream, to: &head)
        }
    }

    /// Writes trailers as lines, without the empty one.
    ///
    /// What of them may pass is decided where chunked bodies are read.
    static func writeTrailers(
        _ block: borrowing HeaderBlock,
        to buffer: inout ByteBuffer
    ) throws(HeaderBlockRejection) {
        try Self.read(block, writingTo: &buffer) { fields, buffer throws(HeaderBlockRejection) in
            var lines = Lines()
            for field in fields.fields {
                let name = fields.name(field)
                guard name.first != UInt8(ascii: ":") else { throw .latePseudoField }
                try lines.write(name, fields.value(field), authority: nil, to: &buffer)
            }
            lines.writeCookies(to: &buffer)
        }
    }

    private static func write(
        _ fields: Fields,
        endsStream: Bool,
        to head: inout HeadCursor
    ) throws(HeaderBlockRejection) -> RequestBlock {
        var pseudoFields = PseudoFields()
        var lines = Lines()
        var isBehindPseudoFields = false
        for field in fields.fields {
            let name = fields.name(field)
            let value = fields.value(field)
            if name.first == UInt8(ascii: ":") {
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
            head.append("transfer-encoding: chunked\r\n")
            framing = .chunked
        }
        head.append("\r\n")
        let isHEAD = pseudoFields.method.map { FieldBytes.isSame($0, "HEAD") } ?? false
        return RequestBlock(framing: framing, isHEAD: isHEAD)
    }

    private static func read<Value>(
        _ block: borrowing HeaderBlock,
        writingTo head: inout ByteBuffer,
        _ body: (Fields, inout HeadCursor) throws(HeaderBlockRejection) -> Value
    ) throws(HeaderBlockRejection) -> Value {
        let fields = block.fields
        // A value is written twice at most: `:authority` of CONNECT.
        let size = 2 * block.size + fields.count * Self.lineFrameSize + Self.frameSize
        head.reserveCapacity(minimumWritableBytes: size)
        let (result, count) = block.bytes.withUnsafeBytes { bytes in
            head.withUnsafeMutableWritableBytes { memory in
                var cursor = HeadCursor(memory)
                let result = Result { () throws(HeaderBlockRejection) in
                    try body(Fields(bytes: bytes, fields: fields), &cursor)
                }
                return (result, cursor.count)
            }
        }
        head.moveWriterIndex(forwardBy: count)
        return try result.get()
    }
}

extension RequestBlock {
    /// The fields of a block where they lie.
    private struct Fields {
        let bytes: UnsafeRawBufferPointer
        let fields: ContiguousArray<HeaderBlock.Field>

        @inline(__always)
        func name(_ field: HeaderBlock.Field) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: self.bytes[field.start..<field.nameEnd])
        }

        @inline(__always)
        func value(_ field: HeaderBlock.Field) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: self.bytes[field.nameEnd..<field.end])
        }
    }

    /// The fields that are not pseudo-header fields, as far as they are to be known.
    private struct Lines {
        private(set) var contentLength: Int?
        private var hasHost = false
        private var cookie: UnsafeRawBufferPointer?
        private var moreCookies: [UnsafeRawBufferPointer] = []

        /// Checks a field and writes its line.
        mutating func write(
            _ name: UnsafeRawBufferPointer,
            _ value: UnsafeRawBufferPointer,
            authority: UnsafeRawBufferPointer?,
            to head: inout HeadCursor
        ) throws(HeaderBlockRejection) {
            guard FieldBytes.isName(name) else { throw .badFieldName }
            guard FieldBytes.isValue(value) else { throw .badFieldValue }
            switch FieldKind.of(name) {
            case .connection, .upgrade, .transferEncoding:
                throw .connectionField
            case .hopByHop:
                let isOfConnection =
                    FieldBytes.isSame(name, "keep-alive") || FieldBytes.isSame(name, "proxy-connection")
                    || (FieldBytes.isSame(name, "te") && !FieldBytes.isSame(value, "trailers"))
                if isOfConnection { throw .connectionField }
            case .host:
                guard !self.hasHost else { throw .contradictoryHost }
                self.hasHost = true
                if let authority {
                    guard FieldBytes.isSameHost(authority, value) else { throw .contradictoryHost }
                    return
                }
            case .cookie:
                if self.cookie == nil { self.cookie = value } else { self.moreCookies.append(value) }
                return
            case .contentLength:
                guard self.contentLength == nil, let length = FieldBytes.length(value) else { throw .badContentLength }
                self.contentLength = length
            case .other, .expect, .setCookie, .identity, .forwardedFor, .forwardedProto, .forwardedHost, .forwarding,
                .requestID, .proxy, .accept, .fetchMode, .twin:
                break
            }
            head.append(name)
            head.append(": ")
            head.append(value)
            head.append("\r\n")
        }

        /// Writes the cookies as one line (RFC 9113, 8.2.3).
        func writeCookies(to head: inout HeadCursor) {
            guard let cookie = self.cookie else { return }
            head.append("cookie: ")
            head.append(cookie)
            for more in self.moreCookies {
                head.append("; ")
                head.append(more)
            }
            head.append("\r\n")
        }
    }
}
