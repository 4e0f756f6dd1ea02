/// The origin of an upstream: scheme, host and port, with nothing behind.
package struct UpstreamURL: Sendable, Hashable, CustomStringConvertible {
    /// How the upstream is spoken to.
    ///
    /// HTTP/2 has the names that ALPN has for it (RFC 9113, 3.1; RFC 7540, 3.1): they say what no `http` URL can say, that
    /// an upstream speaks it without having been asked.
    package enum Scheme: String, Sendable, Hashable, CaseIterable {
        /// HTTP/1.1 in plain text.
        case http
        /// HTTP/1.1 in TLS, as ``UpstreamTLS`` has it.
        case https
        /// HTTP/2 in plain text, from the first byte on ("prior knowledge").
        case h2c
        /// HTTP/2 in TLS, as ``UpstreamTLS`` has it; whoever does not settle on it is not spoken to.
        case h2

        /// Whether it is HTTP/2.
        package var isHTTP2: Bool { self == .h2c || self == .h2 }

        /// Whether it is in TLS.
        package var isTLS: Bool { self == .https || self == .h2 }
    }

    /// How the upstream is spoken to.
    package let scheme: Scheme
    /// A host name, an IPv4 address, or an IPv6 address without its brackets.
    package let host: String
    /// The TCP port.
    package let port: Int

    /// Reads `http://host[:port][/]`, or the same with another scheme; anything else, a path or user information among it,
    /// is `nil`.
    package init?(_ text: String) {
        guard let scheme = Scheme.allCases.first(where: { text.hasPrefix("\($0.rawValue)://") }) else { return nil }
        var rest = text.dropFirst(scheme.rawValue.utf8.count + 3)
        if rest.hasSuffix("/") { rest.removeLast() }
        let host: Substring
        let afterHost: Substring
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<end]
            guard host.contains(":"),
                host.utf8.allSatisfy({ Self.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
            afterHost = rest[rest.index(after: end)...]
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = rest[..<end]
            guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
            afterHost = rest[end...]
        }
        if afterHost.isEmpty {
            self.port = scheme.isTLS ? 443 : 80
        } else {
            let digits = afterHost.dropFirst()
            guard afterHost.hasPrefix(":"), (1...5).contains(digits.utf8.count),
                digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let port = Int(digits), (1...65_535).contains(port)
            else { return nil }
            self.port = port
        }
        self.scheme = scheme
        self.host = String(host)
    }

    package var description: String {
        "\(self.scheme.rawValue)://\(self.host.contains(":") ? "[\(self.host)]" : self.host):\(self.port)"
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
