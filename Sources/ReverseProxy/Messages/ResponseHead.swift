/// A response head that was accepted, as offsets into its bytes.
struct ResponseHead {
    /// The status.
    let status: Int
    /// The first byte of the status within the status line.
    let statusStart: Int
    /// The first byte of the header lines.
    let fieldsStart: Int
    /// How the body is framed, for an answer to a request that is not HEAD.
    let framing: BodyFraming
    /// What `Connection` names.
    let connection: FieldParser.ConnectionOptions
    /// Whether the upstream keeps the connection open for another request.
    let keepsAlive: Bool

    /// Whether another head follows for the same request.
    var isInterim: Bool { self.status < 200 }

    /// Whether there is never a body, whatever the header lines say (RFC 9110, 6.4.1).
    var hasNoBody: Bool { self.status < 200 || self.status == 204 || self.status == 304 }

    /// Reads a complete head.
    ///
    /// - Parameters:
    ///   - head: The bytes from the first of the status line to the empty line, as ``HeadScanner`` found them.
    ///   - lines: Where the header lines go; it is emptied first.
    /// - Returns: What the head says.
    /// - Throws: The first defect.
    static func parse(
        _ head: UnsafeRawBufferPointer,
        into lines: inout FieldLines
    ) throws(HeadRejection) -> ResponseHead {
        guard head.count >= 16 else { throw .badStatusLine }
        let prefix: StaticString = "HTTP/1."
        for index in 0..<7 where head[index] != prefix.utf8Start[index] { throw .badStatusLine }
        guard head[7] == 0x30 || head[7] == 0x31, head[8] == 0x20 else { throw .badStatusLine }
        var status = 0
        for index in 9..<12 {
            guard ByteClass.isDigit(head[index]) else { throw .badStatusLine }
            status = status * 10 + Int(head[index] - 0x30)
        }
        guard (100...599).contains(status), head[12] == 0x20 || head[12] == 0x0D else { throw .badStatusLine }
        var lineEnd = 12
        while ByteClass.isFieldValue(head[lineEnd]) { lineEnd += 1 }
        guard head[lineEnd] == 0x0D, head[lineEnd + 1] == 0x0A else { throw .badStatusLine }

        lines.removeAll(keepingCapacity: true)
        var fields = FieldParser()
        let isHTTP11 = head[7] == 0x31
        try fields.parse(head, from: lineEnd + 2, into: &lines)
        guard isHTTP11 || !fields.isChunked else { throw .badTransferEncoding }

        // What has no body must not announce one (RFC 9110, 8.6; RFC 9112, 6.1): whether bytes behind it are that body or the
        // next answer, nobody can tell.
        let announcesBody = fields.isChunked || fields.contentLength ?? 0 > 0
        if announcesBody, status < 200, status != 101 {
            throw fields.isChunked ? .badTransferEncoding : .badContentLength
        }

        let framing: BodyFraming =
            fields.isChunked ? .chunked : fields.contentLength.map { .length($0) } ?? .untilClose
        let keepsAlive =
            !fields.connection.contains(.close) && (isHTTP11 || fields.connection.contains(.keepAlive))
            && !(announcesBody && status == 204)
        return ResponseHead(
            status: status,
            statusStart: 9,
            fieldsStart: lineEnd + 2,
            framing: framing,
            connection: fields.connection,
            keepsAlive: keepsAlive
        )
    }
}
