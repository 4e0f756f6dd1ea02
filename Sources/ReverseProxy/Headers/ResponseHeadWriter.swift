import NIOCore

/// Writes the head that the client receives: the upstream's lines as they came, less those of its connection and cookies
/// that are Portico's to set (ruling 13).
struct ResponseHeadWriter {
    /// How the body reaches the client.
    enum Framing {
        /// As the upstream's `Content-Length` says, or there is no body.
        case asIs
        /// In chunks.
        case chunked
        /// Up to the end of the connection: for HTTP/1.0.
        case untilClose
    }

    /// What the client is told of its connection.
    enum Persistence {
        /// Nothing: HTTP/1.1 keeps it open.
        case implied
        /// `Connection: keep-alive`, for HTTP/1.0.
        case keepAlive
        /// `Connection: close`.
        case close

        /// The header line, when there is one.
        var line: String? {
            switch self {
            case .implied: nil
            case .keepAlive: "Connection: keep-alive"
            case .close: "Connection: close"
            }
        }
    }

    /// How the body reaches the client.
    let framing: Framing
    /// What the client is told of its connection.
    let persistence: Persistence
    /// The name prefixes of cookies that do not pass.
    let reservedCookiePrefixes: [[UInt8]]

    /// Writes the head behind what the buffer holds.
    @inline(__always)
    func write(
        _ response: ResponseHead,
        head: UnsafeRawBufferPointer,
        lines: FieldLines,
        to buffer: inout ByteBuffer
    ) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: head.count + 128) { memory in
            var cursor = HeadCursor(memory)
            cursor.append("HTTP/1.1 ")
            cursor.append(head, response.statusStart, response.fieldsStart)
            self.writeUpstreamLines(response, head, lines, to: &cursor)
            switch self.framing {
            case .asIs, .untilClose: break
            case .chunked: cursor.append("Transfer-Encoding: chunked\r\n")
            }
            switch self.persistence {
            case .implied: break
            case .keepAlive: cursor.append("Connection: keep-alive\r\n")
            case .close: cursor.append("Connection: close\r\n")
            }
            if Self.isAboutUpgrade(response) { cursor.append("Connection: upgrade\r\n") }
            cursor.append("\r\n")
            return cursor.count
        }
    }

    /// Whether a response tells which protocol is spoken or wanted: the only ones that have `Upgrade` (RFC 9110, 7.8).
    @inline(__always)
    private static func isAboutUpgrade(_ response: ResponseHead) -> Bool {
        response.status == 101 || response.status == 426
    }

    @inline(__always)
    private func writeUpstreamLines(
        _ response: ResponseHead,
        _ head: UnsafeRawBufferPointer,
        _ lines: FieldLines,
        to cursor: inout HeadCursor
    ) {
        let names = response.connection.contains(.names) ? ConnectionNames(head, lines) : nil
        var runStart = response.fieldsStart
        for line in lines {
            if self.passes(line, response, head, names) { continue }
            cursor.append(head, runStart, line.start)
            runStart = line.end
        }
        cursor.append(head, runStart, head.count - 2)
    }

    @inline(__always)
    private func passes(
        _ line: FieldLine,
        _ response: ResponseHead,
        _ head: UnsafeRawBufferPointer,
        _ names: ConnectionNames?
    ) -> Bool {
        switch line.kind {
        case .connection, .hopByHop, .transferEncoding:
            return false
        case .upgrade:
            return Self.isAboutUpgrade(response)
        case .contentLength:
            // RFC 9110, 8.6: neither an interim response nor 204 has one.
            return response.status >= 200 && response.status != 204
        case .setCookie:
            guard !CookieHeader.setsReserved(line.value(in: head), self.reservedCookiePrefixes) else { return false }
            return names.map { !$0.contains(line.name(in: head)) } ?? true
        case .other, .host, .expect, .cookie, .identity, .forwardedFor, .forwardedProto, .forwardedHost, .forwarding,
            .requestID, .proxy, .accept, .fetchMode, .twin:
            return names.map { !$0.contains(line.name(in: head)) } ?? true
        }
    }
}
