import HTTP2Framing

/// Makes the fields of an answer from its HTTP/1.1 head (RFC 9113, 8.3.2).
enum AnswerBlock {
    /// Writes the fields of a head that was read; those of the HTTP/1.1 connection are left out (RFC 9113, 8.2.2).
    static func write(
        _ response: ResponseHead,
        _ head: UnsafeRawBufferPointer,
        _ lines: FieldLines,
        to block: inout HeaderBlock
    ) {
        block.removeAll()
        let status = UnsafeRawBufferPointer(rebasing: head[response.statusStart..<response.statusStart + 3])
        block.add(name: UnsafeRawBufferPointer(start: Self.status.utf8Start, count: 7), value: status)
        for line in lines {
            switch line.kind {
            case .connection, .hopByHop, .transferEncoding, .upgrade:
                continue
            case .other, .host, .contentLength, .expect, .cookie, .setCookie, .identity, .forwardedFor,
                .forwardedProto, .forwardedHost, .forwarding, .requestID, .proxy, .accept, .fetchMode, .twin:
                // A cookie is a credential: proxies behind must not put it into a table either (RFC 7541, 7.1.3).
                block.add(
                    lowercasing: line.name(in: head),
                    value: line.value(in: head),
                    isSensitive: line.kind == .setCookie
                )
            }
        }
    }

    /// Writes the fields of trailers that were read.
    static func write(trailers section: [UInt8], to block: inout HeaderBlock) throws(HeadRejection) {
        block.removeAll()
        try TrailerSection.forEach(in: section) { line, bytes in
            block.add(lowercasing: line.name(in: bytes), value: line.value(in: bytes))
        }
    }

    private static let status: StaticString = ":status"
}
