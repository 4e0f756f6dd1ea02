/// The pseudo-header fields of a request, which become its first line and `host` (RFC 9113, 8.3.1).
struct PseudoFields {
    private(set) var method: UnsafeRawBufferPointer?
    private(set) var authority: UnsafeRawBufferPointer?
    private var scheme: UnsafeRawBufferPointer?
    private var path: UnsafeRawBufferPointer?

    /// Takes a field.
    mutating func note(
        _ name: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer
    ) throws(HeaderBlockRejection) {
        if FieldBytes.isSame(name, ":method") {
            try Self.set(&self.method, value)
        } else if FieldBytes.isSame(name, ":path") {
            try Self.set(&self.path, value)
        } else if FieldBytes.isSame(name, ":authority") {
            try Self.set(&self.authority, value)
        } else if FieldBytes.isSame(name, ":scheme") {
            try Self.set(&self.scheme, value)
        } else {
            throw .unknownPseudoField
        }
    }

    /// Writes the request line, and `host` from `:authority`.
    func write(to head: inout HeadCursor) throws(HeaderBlockRejection) {
        guard let method = self.method else { throw .missingPseudoField }
        guard FieldBytes.isToken(method) else { throw .badMethod }
        // Behind the first line the head is read as any other; so no byte that could end that line may stand in it.
        if let authority = self.authority {
            let isPlain = authority.allSatisfy { ByteClass.isTarget($0) && $0 != UInt8(ascii: "@") }
            guard !authority.isEmpty, isPlain else { throw .badAuthority }
        }
        let isConnect = FieldBytes.isSame(method, "CONNECT")
        let target = isConnect ? try self.connectTarget() : try self.requestTarget(of: method)
        head.append(method)
        head.append(" ")
        head.append(target)
        head.append(" HTTP/1.1\r\n")
        guard let authority = self.authority else { return }
        head.append("host: ")
        head.append(authority)
        head.append("\r\n")
    }

    private func requestTarget(
        of method: UnsafeRawBufferPointer
    ) throws(HeaderBlockRejection) -> UnsafeRawBufferPointer {
        guard let scheme = self.scheme, let path = self.path else { throw .missingPseudoField }
        // The scheme that counts is that of the listener, or what a trusted proxy says.
        guard FieldBytes.isSame(scheme, "https") || FieldBytes.isSame(scheme, "http") else { throw .badScheme }
        let isAsterisk = FieldBytes.isSame(path, "*") && FieldBytes.isSame(method, "OPTIONS")
        guard path.first == UInt8(ascii: "/") || isAsterisk, path.allSatisfy(ByteClass.isTarget) else {
            throw .badPath
        }
        return path
    }

    /// The target of CONNECT, which has neither scheme nor path (RFC 9113, 8.5).
    ///
    /// It is refused, but by the rules of all requests.
    private func connectTarget() throws(HeaderBlockRejection) -> UnsafeRawBufferPointer {
        guard self.scheme == nil, self.path == nil, let authority = self.authority else { throw .missingPseudoField }
        return authority
    }

    private static func set(
        _ field: inout UnsafeRawBufferPointer?,
        _ value: UnsafeRawBufferPointer
    ) throws(HeaderBlockRejection) {
        guard field == nil else { throw .repeatedPseudoField }
        field = value
    }
}
