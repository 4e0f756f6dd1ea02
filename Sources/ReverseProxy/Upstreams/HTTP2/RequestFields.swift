import NIOHPACK

/// Makes the fields of a request from the HTTP/1.1 head that is written for an upstream (RFC 9113, 8.3.1).
enum RequestFields {
    /// The fields of a head that was read.
    ///
    /// Those of the HTTP/1.1 connection are left out (RFC 9113, 8.2.2), `Upgrade` among them, which the upstream is then not
    /// asked for. Nothing but what stands in HPACK's own table is kept in one: the requests of many people share the
    /// connection, and what is in no table betrays nothing by its size (RFC 7541, 7.1).
    static func make(
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ lines: FieldLines,
        scheme: String
    ) -> HPACKHeaders {
        var fields = HPACKHeaders()
        fields.reserveCapacity(lines.count + 4)
        fields.add(name: ":method", value: Self.text(head, 0, request.methodEnd), indexing: .nonIndexable)
        fields.add(name: ":scheme", value: scheme, indexing: .nonIndexable)
        let path = Self.text(head, request.pathStart, request.targetEnd)
        fields.add(name: ":path", value: path, indexing: .nonIndexable)
        if let host = request.hostIndex {
            let authority = String(decoding: lines[host].value(in: head), as: UTF8.self)
            fields.add(name: ":authority", value: authority, indexing: .nonIndexable)
        }
        for line in lines {
            switch line.kind {
            case .host, .connection, .transferEncoding, .upgrade:
                continue
            case .hopByHop:
                // What gRPC wants to see; the head has it only where the client said so over HTTP/2.
                guard CaseInsensitive.equal(line.name(in: head), "te"),
                    CaseInsensitive.equal(line.value(in: head), "trailers")
                else { continue }
                fields.add(line, of: head, indexing: .nonIndexable)
            case .cookie, .identity:
                // Credentials: proxies behind must not put them into a table either (RFC 7541, 7.1.3).
                fields.add(line, of: head, indexing: .neverIndexed)
            case .other, .contentLength, .expect, .setCookie, .forwardedFor, .forwardedProto, .forwardedHost,
                .forwarding,
                .requestID, .proxy, .accept, .fetchMode, .twin:
                fields.add(line, of: head, indexing: .nonIndexable)
            }
        }
        return fields
    }

    /// The fields of trailers that were read.
    static func trailers(_ section: [UInt8]) throws(HeadRejection) -> HPACKHeaders {
        var fields = HPACKHeaders()
        try TrailerSection.forEach(in: section) { fields.add($0, of: $1, indexing: .nonIndexable) }
        return fields
    }

    private static func text(_ head: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> String {
        String(decoding: head[start..<end], as: UTF8.self)
    }
}
