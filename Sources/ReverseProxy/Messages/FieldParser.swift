/// Reads header lines (RFC 9112, 5) and what they say of the body's framing and the connection.
struct FieldParser {
    /// What `Connection` names, as far as the proxy acts on it.
    struct ConnectionOptions: OptionSet {
        let rawValue: UInt8
        /// `close`.
        static let close = ConnectionOptions(rawValue: 1)
        /// `keep-alive`.
        static let keepAlive = ConnectionOptions(rawValue: 2)
        /// `upgrade`.
        static let upgrade = ConnectionOptions(rawValue: 4)
        /// Names of other headers, which must then be removed.
        static let names = ConnectionOptions(rawValue: 8)
    }

    /// The length that `Content-Length` gives.
    private(set) var contentLength: Int?
    /// Whether the body is chunked.
    private(set) var isChunked = false
    /// What `Connection` names.
    private(set) var connection: ConnectionOptions = []
    /// Which line is the `Host`.
    private(set) var hostIndex: Int?

    /// Reads the lines from an offset up to the empty line that ends the head.
    ///
    /// - Parameters:
    ///   - head: The whole head, whose last bytes are an empty line; every line feed in it has its carriage return.
    ///   - start: The first byte behind the first line.
    ///   - lines: Where the lines go.
    /// - Throws: The first defect.
    mutating func parse(
        _ head: UnsafeRawBufferPointer,
        from start: Int,
        into lines: inout FieldLines
    ) throws(HeadRejection) {
        let end = head.count - 2
        var position = start
        while position < end {
            let nameEnd = Self.endOfName(head, from: position)
            guard nameEnd > position, head[nameEnd] == UInt8(ascii: ":") else {
                throw ByteClass.isSpace(head[position]) ? .foldedLine : .badFieldName
            }
            var valueStart = nameEnd + 1
            while ByteClass.isSpace(head[valueStart]) { valueStart += 1 }
            let lineEnd = Self.endOfValue(head, from: valueStart)
            guard head[lineEnd] == 0x0D, head[lineEnd + 1] == 0x0A else { throw .badFieldValue }
            var valueEnd = lineEnd
            while valueEnd > valueStart, ByteClass.isSpace(head[valueEnd - 1]) { valueEnd -= 1 }
            let name = UnsafeRawBufferPointer(rebasing: head[position..<nameEnd])
            let line = FieldLine(
                start: position,
                nameEnd: nameEnd,
                valueStart: valueStart,
                valueEnd: valueEnd,
                end: lineEnd + 2,
                kind: FieldKind.of(name)
            )
            if line.kind != .other { try self.note(line, at: lines.count, in: head) }
            lines.append(line)
            position = lineEnd + 2
        }
    }

    private mutating func note(
        _ line: FieldLine,
        at index: Int,
        in head: UnsafeRawBufferPointer
    ) throws(HeadRejection) {
        switch line.kind {
        case .host:
            guard self.hostIndex == nil, Self.isHost(line.value(in: head)) else { throw .badHost }
            self.hostIndex = index
        case .contentLength:
            guard self.contentLength == nil, !Self.hasTabBehind(line, in: head) else { throw .badContentLength }
            self.contentLength = try Self.length(line.value(in: head))
            guard !self.isChunked else { throw .badTransferEncoding }
        case .transferEncoding:
            guard !self.isChunked, self.contentLength == nil, CaseInsensitive.equal(line.value(in: head), "chunked"),
                !Self.hasTabBehind(line, in: head)
            else {
                throw .badTransferEncoding
            }
            self.isChunked = true
        case .connection:
            self.noteConnection(UnsafeRawBufferPointer(rebasing: head[line.valueStart..<line.end - 2]))
        case .hopByHop:
            self.noteHopByHop(line, in: head)
        case .other, .upgrade, .expect, .cookie, .setCookie, .identity, .forwardedFor, .forwardedProto,
            .forwardedHost, .forwarding, .requestID, .proxy, .accept, .fetchMode, .twin:
            break
        }
    }

    /// Takes a `Connection` into account, with the white space behind it.
    private mutating func noteConnection(_ value: UnsafeRawBufferPointer) {
        // What most servers send.
        if CaseInsensitive.equal(value, "keep-alive") {
            self.connection.insert(.keepAlive)
            return
        }
        // llhttp, and who reads like it, finds no `keep-alive` beside a tab.
        let isKeepAliveClear = !value.contains(0x09)
        ListValue.forEachElement(of: value) { element in
            if CaseInsensitive.equal(element, "close") {
                self.connection.insert(.close)
            } else if CaseInsensitive.equal(element, "keep-alive") {
                if isKeepAliveClear { self.connection.insert(.keepAlive) }
            } else if CaseInsensitive.equal(element, "upgrade") {
                self.connection.insert(.upgrade)
            } else {
                self.connection.insert(.names)
            }
        }
    }

    /// Takes `Proxy-Connection: close` for `Connection: close`, as llhttp and others do; nothing else is read in it.
    private mutating func noteHopByHop(_ line: FieldLine, in head: UnsafeRawBufferPointer) {
        guard FieldKind.equal(line.name(in: head), "proxy-connection") else { return }
        ListValue.forEachElement(of: line.value(in: head)) { element in
            if CaseInsensitive.equal(element, "close") { self.connection.insert(.close) }
        }
    }

    /// The offset of the first byte that no name may hold; the head ends with such a byte.
    @inline(__always)
    private static func endOfName(_ head: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        // Nearly every name consists of letters and hyphens.
        while position &+ ByteWord.size <= head.count {
            let count = ByteWord(head, at: position).countOfLettersAndHyphens
            position &+= count
            guard count == ByteWord.size else { break }
        }
        while ByteClass.isToken(head[position]) { position &+= 1 }
        return position
    }

    /// The offset of the first byte that no value may hold; the head ends with such a byte.
    @inline(__always)
    private static func endOfValue(_ head: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position &+ ByteWord.size <= head.count {
            let word = ByteWord(head, at: position)
            guard !word.isPlain else {
                position &+= ByteWord.size
                continue
            }
            let count = word.countBeforeControl
            position &+= count
            guard count < ByteWord.size else { continue }
            guard ByteClass.isFieldValue(head[position]) else { return position }
            position &+= 1
        }
        while ByteClass.isFieldValue(head[position]) { position &+= 1 }
        return position
    }

    /// Whether there is a tab in the white space behind a value, which llhttp and nginx take for a part of it.
    private static func hasTabBehind(_ line: FieldLine, in head: UnsafeRawBufferPointer) -> Bool {
        head[line.valueEnd..<line.end].contains(0x09)
    }

    private static func length(_ value: UnsafeRawBufferPointer) throws(HeadRejection) -> Int {
        guard (1...18).contains(value.count) else { throw .badContentLength }
        var length = 0
        for byte in value {
            guard ByteClass.isDigit(byte) else { throw .badContentLength }
            length = length * 10 + Int(byte - 0x30)
        }
        return length
    }

    /// Whether a value is a host with an optional port (RFC 9110, 7.2).
    private static func isHost(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count <= 261 else { return false }
        var end = 0
        if value.first == UInt8(ascii: "[") {
            end = 1
            while end < value.count, Self.isInAddress(value[end]) { end += 1 }
            guard end > 1, end < value.count, value[end] == UInt8(ascii: "]") else { return false }
            end += 1
        } else {
            while end < value.count, ByteClass.isHostName(value[end]) { end += 1 }
        }
        guard end > 0 else { return false }
        return end == value.count || value[end] == UInt8(ascii: ":") && Self.isPort(value[(end + 1)...])
    }

    /// Whether a byte may stand between the brackets of an IPv6 address (RFC 3986, 3.2.2).
    private static func isInAddress(_ byte: UInt8) -> Bool {
        PercentEncoding.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    private static func isPort(_ value: Slice<UnsafeRawBufferPointer>) -> Bool {
        (1...5).contains(value.count) && value.allSatisfy(ByteClass.isDigit)
    }
}
