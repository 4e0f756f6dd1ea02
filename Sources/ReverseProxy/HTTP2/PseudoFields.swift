import NIOCore

/// The pseudo-header fields of a request, which become its first line and `host` (RFC 9113, 8.3.1).
struct PseudoFields {
    private(set) var method: String?
    private(set) var authority: String?
    private var scheme: String?
    private var path: String?

    /// Takes a field.
    mutating func note(_ name: String, _ value: String) throws(HeaderBlockRejection) {
        switch name {
        case ":method": try Self.set(&self.method, value)
        case ":path": try Self.set(&self.path, value)
        case ":authority": try Self.set(&self.authority, value)
        case ":scheme": try Self.set(&self.scheme, value)
        case _: throw .unknownPseudoField
        }
    }

    /// Writes the request line, and `host` from `:authority`.
    func write(to head: inout ByteBuffer) throws(HeaderBlockRejection) {
        guard let method = self.method else { throw .missingPseudoField }
        guard FieldText.isToken(method) else { throw .badMethod }
        // Behind the first line the head is read as any other; so no byte that could end that line may stand in it.
        if let authority = self.authority {
            let isPlain = authority.utf8.allSatisfy { ByteClass.isTarget($0) && $0 != UInt8(ascii: "@") }
            guard !authority.isEmpty, isPlain else { throw .badAuthority }
        }
        let target = method == "CONNECT" ? try self.connectTarget() : try self.requestTarget(of: method)
        head.writeString(method)
        head.writeStaticString(" ")
        head.writeString(target)
        head.writeStaticString(" HTTP/1.1\r\n")
        guard let authority = self.authority else { return }
        head.writeStaticString("host: ")
        head.writeString(authority)
        head.writeStaticString("\r\n")
    }

    private func requestTarget(of method: String) throws(HeaderBlockRejection) -> String {
        guard let scheme = self.scheme, let path = self.path else { throw .missingPseudoField }
        // The scheme that counts is that of the listener, or what a trusted proxy says.
        guard scheme == "https" || scheme == "http" else { throw .badScheme }
        guard path.utf8.first == UInt8(ascii: "/") || (path == "*" && method == "OPTIONS"),
            path.utf8.allSatisfy(ByteClass.isTarget)
        else { throw .badPath }
        return path
    }

    /// The target of CONNECT, which has neither scheme nor path (RFC 9113, 8.5).
    ///
    /// It is refused, but by the rules of all requests.
    private func connectTarget() throws(HeaderBlockRejection) -> String {
        guard self.scheme == nil, self.path == nil, let authority = self.authority else { throw .missingPseudoField }
        return authority
    }

    private static func set(_ field: inout String?, _ value: String) throws(HeaderBlockRejection) {
        guard field == nil else { throw .repeatedPseudoField }
        field = value
    }
}
