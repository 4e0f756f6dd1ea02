/// A request head that was accepted, as offsets into its bytes.
///
/// The order of reading is the order of trust: request line, header lines, then what both must agree on.
struct RequestHead {
    /// The method.
    let method: RequestMethod
    /// The byte behind the method.
    let methodEnd: Int
    /// The first byte of the path; that of an absolute target follows its authority.
    let pathStart: Int
    /// The byte behind the path: a question mark or the end of the target.
    let pathEnd: Int
    /// The byte behind the target.
    let targetEnd: Int
    /// Whether the client speaks HTTP/1.1 and not HTTP/1.0.
    let isHTTP11: Bool
    /// How the body is framed.
    let framing: BodyFraming
    /// What `Connection` names.
    let connection: FieldParser.ConnectionOptions
    /// Which line is the `Host`; HTTP/1.0 may have none.
    let hostIndex: Int?
    /// The first byte of the header lines.
    let fieldsStart: Int

    /// Whether the client wants to send another request on the connection (RFC 9112, 9.3).
    var keepsAlive: Bool {
        if self.connection.contains(.close) { return false }
        return self.isHTTP11 || self.connection.contains(.keepAlive)
    }

    /// Reads a complete head.
    ///
    /// - Parameters:
    ///   - head: The bytes from the first of the request line to the empty line, as ``HeadScanner`` found them.
    ///   - lines: Where the header lines go; it is emptied first.
    /// - Returns: What the head says.
    /// - Throws: The first defect.
    static func parse(
        _ head: UnsafeRawBufferPointer,
        into lines: inout FieldLines
    ) throws(HeadRejection) -> RequestHead {
        var methodEnd = 0
        while ByteClass.isToken(head[methodEnd]) { methodEnd += 1 }
        guard methodEnd > 0, head[methodEnd] == 0x20 else { throw .badRequestLine }
        guard let method = RequestMethod.parse(UnsafeRawBufferPointer(rebasing: head[..<methodEnd])) else {
            throw .unknownMethod
        }
        let targetStart = methodEnd + 1
        var targetEnd = targetStart
        var pathEnd = 0
        while ByteClass.isTarget(head[targetEnd]) {
            if head[targetEnd] == UInt8(ascii: "?"), pathEnd == 0 { pathEnd = targetEnd }
            targetEnd += 1
        }
        if pathEnd == 0 { pathEnd = targetEnd }
        guard targetEnd > targetStart, head[targetEnd] == 0x20 else { throw .badTarget }
        let isHTTP11 = try Self.version(head, at: targetEnd + 1)

        lines.removeAll(keepingCapacity: true)
        var fields = FieldParser()
        try fields.parse(head, from: targetEnd + 11, into: &lines)
        guard fields.hostIndex != nil || !isHTTP11 else { throw .badHost }
        guard isHTTP11 || !fields.isChunked else { throw .badTransferEncoding }

        var pathStart = targetStart
        if head[targetStart] != UInt8(ascii: "/"), method != .connect {
            let host = fields.hostIndex.map { lines[$0].value(in: head) }
            let target = UnsafeRawBufferPointer(rebasing: head[targetStart..<pathEnd])
            pathStart = targetStart + (try Self.pathOffset(inAbsolute: target, host: host))
        }
        return RequestHead(
            method: method,
            methodEnd: methodEnd,
            pathStart: pathStart,
            pathEnd: pathEnd,
            targetEnd: targetEnd,
            isHTTP11: isHTTP11,
            framing: fields.isChunked ? .chunked : .length(fields.contentLength ?? 0),
            connection: fields.connection,
            hostIndex: fields.hostIndex,
            fieldsStart: targetEnd + 11
        )
    }

    private static func version(_ head: UnsafeRawBufferPointer, at start: Int) throws(HeadRejection) -> Bool {
        guard head.count >= start + 10 else { throw .badVersion }
        let prefix: StaticString = "HTTP/1."
        for index in 0..<7 where head[start + index] != prefix.utf8Start[index] { throw .badVersion }
        let minor = head[start + 7]
        guard minor == 0x30 || minor == 0x31, head[start + 8] == 0x0D, head[start + 9] == 0x0A else {
            throw .badVersion
        }
        return minor == 0x31
    }

    /// Where the path begins in `http://host/path`, whose host must be the `Host`: RFC 9112, 3.2.2 lets the target win,
    /// but a server behind this one may let the other win.
    private static func pathOffset(
        inAbsolute target: UnsafeRawBufferPointer,
        host: UnsafeRawBufferPointer?
    ) throws(HeadRejection) -> Int {
        let schemeLength: Int
        if CaseInsensitive.begins(target, "http://") {
            schemeLength = 7
        } else if CaseInsensitive.begins(target, "https://") {
            schemeLength = 8
        } else {
            throw .badTarget
        }
        let authority = UnsafeRawBufferPointer(rebasing: target[schemeLength...].prefix { $0 != UInt8(ascii: "/") })
        guard let host, authority.count == host.count, schemeLength + authority.count < target.count else {
            throw .badTarget
        }
        for index in 0..<host.count where ByteClass.lowercased(host[index]) != ByteClass.lowercased(authority[index]) {
            throw .badTarget
        }
        return schemeLength + authority.count
    }
}
