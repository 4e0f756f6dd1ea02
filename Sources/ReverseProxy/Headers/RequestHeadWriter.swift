import NIOCore

/// Writes the head that the upstream receives: the client's lines as they came, less what is not the client's to say, and
/// then the gateway's own lines.
///
/// Kept lines that follow one another are copied at once.
struct RequestHeadWriter {
    /// How many bytes at the front of the path are left out.
    let strippedPathLength: Int
    /// The identity headers, empty without a session.
    let identityLines: [UInt8]
    /// The trace context that replaces the client's; empty where that passes as it came.
    let traceLines: [UInt8]
    /// The forwarding headers.
    let forwardingLines: [UInt8]
    /// Whether the peer's own forwarding headers other than those count.
    let isPeerTrusted: Bool
    /// The request id.
    let tag: RequestTag
    /// The `Host` for a request without one.
    let upstreamHost: [UInt8]
    /// Whether the request asks for another protocol on the connection to the upstream.
    let isUpgrade: Bool
    /// Whether the client's `TE`, which over HTTP/2 is `trailers` or nothing, is passed on over HTTP/2.
    let keepsTrailersOffer: Bool
    /// The name prefixes of cookies that do not pass; empty when the request has none.
    let reservedCookiePrefixes: [[UInt8]]

    /// Writes the head behind what the buffer holds.
    @inline(__always)
    func write(
        _ request: RequestHead,
        head: UnsafeRawBufferPointer,
        lines: FieldLines,
        to buffer: inout ByteBuffer
    ) {
        let bound =
            head.count + self.identityLines.count + self.traceLines.count + self.forwardingLines.count
            + self.upstreamHost.count + 256
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { memory in
            var cursor = HeadCursor(memory)
            self.writeRequestLine(request, head, to: &cursor)
            self.writeClientLines(request, head, lines, to: &cursor)
            if request.hostIndex == nil {
                cursor.append("Host: ")
                cursor.append(self.upstreamHost)
                cursor.append("\r\n")
            }
            cursor.append(self.identityLines)
            if !self.traceLines.isEmpty { cursor.append(self.traceLines) }
            cursor.append(self.forwardingLines)
            if self.isUpgrade { cursor.append("Connection: upgrade\r\n") }
            cursor.append("X-Request-Id: ")
            self.tag.write(to: &cursor)
            cursor.append("\r\n\r\n")
            return cursor.count
        }
    }

    @inline(__always)
    private func writeRequestLine(_ request: RequestHead, _ head: UnsafeRawBufferPointer, to cursor: inout HeadCursor) {
        cursor.append(head, 0, request.methodEnd + 1)
        let pathStart = request.pathStart + self.strippedPathLength
        if pathStart >= request.pathEnd || head[pathStart] != UInt8(ascii: "/") { cursor.append("/") }
        cursor.append(head, pathStart, request.targetEnd)
        cursor.append(" HTTP/1.1\r\n")
    }

    @inline(__always)
    private func writeClientLines(
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ lines: FieldLines,
        to cursor: inout HeadCursor
    ) {
        let names = request.connection.contains(.names) ? ConnectionNames(head, lines) : nil
        var runStart = request.fieldsStart
        for line in lines {
            if self.passes(line, request, head, names) { continue }
            cursor.append(head, runStart, line.start)
            runStart = line.end
            guard line.kind == .cookie, names?.contains(line.name(in: head)) != true else { continue }
            CookieHeader(bytes: line.value(in: head))
                .writeLine(
                    without: self.reservedCookiePrefixes,
                    name: UnsafeRawBufferPointer(rebasing: head[line.start..<line.valueStart]),
                    to: &cursor
                )
        }
        cursor.append(head, runStart, head.count - 2)
    }

    @inline(__always)
    private func passes(
        _ line: FieldLine,
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ names: ConnectionNames?
    ) -> Bool {
        switch line.kind {
        case .host, .contentLength, .transferEncoding:
            true
        case .other where !self.traceLines.isEmpty && Self.isTraceContext(line.name(in: head)):
            false
        case .other, .accept, .fetchMode, .setCookie:
            names.map { !$0.contains(line.name(in: head)) } ?? true
        case .cookie:
            names == nil && self.reservedCookiePrefixes.isEmpty
        case .expect:
            request.isHTTP11 && request.framing != .length(0)
        case .forwarding:
            self.isPeerTrusted && !Self.isForUsAlone(line.name(in: head))
        case .upgrade:
            self.isUpgrade
        case .hopByHop:
            self.keepsTrailersOffer && FieldKind.equal(line.name(in: head), "te")
        case .connection, .identity, .forwardedFor, .forwardedProto, .forwardedHost, .requestID,
            .proxy, .twin:
            false
        }
    }

    /// Whether a field of forwarding stops here, whoever wrote it: `Forwarded` is always replaced, and an upstream that reads
    /// one of the others would serve another path than the one that was matched.
    private static func isForUsAlone(_ name: UnsafeRawBufferPointer) -> Bool {
        FieldKind.equal(name, "forwarded") || FieldKind.equal(name, "x-original-url")
            || FieldKind.equal(name, "x-rewrite-url")
    }

    private static func isTraceContext(_ name: UnsafeRawBufferPointer) -> Bool {
        FieldKind.equal(name, "traceparent") || FieldKind.equal(name, "tracestate")
    }
}
