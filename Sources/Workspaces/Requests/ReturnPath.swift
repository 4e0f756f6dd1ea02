/// Where a person goes after signing in: a path on Portico's own origin (behavior F4).
///
/// A path that begins with `//` or `/\` names another host to a browser, and control characters are removed by browsers
/// before they look, so that `/<TAB>/evil.example` is `//evil.example`. All of them become `/`.
package struct ReturnPath: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length in bytes; a longer path becomes `/`.
    package static let maximumLength = 2048
    /// The start page of the application.
    package static let root = ReturnPath("/")

    /// The path with its query, in ASCII, fit for a Location header.
    package let value: String

    /// Takes the `rd` of a link or a form; anything that is not a path of this origin becomes `/`.
    package init(_ text: String) {
        self.value = Self.isSameOrigin(text) ? Self.percentEncoding(text) : "/"
    }

    package var description: String { self.value }

    private static func isSameOrigin(_ text: String) -> Bool {
        var bytes = text.utf8.makeIterator()
        guard bytes.next() == UInt8(ascii: "/"), text.utf8.count <= Self.maximumLength else { return false }
        if let second = bytes.next(), second == UInt8(ascii: "/") || second == UInt8(ascii: "\\") { return false }
        return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// Writes spaces and what is not ASCII as RFC 3986 section 2.1 has it; a browser would do the same.
    private static func percentEncoding(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if byte > 0x20, byte < 0x7f {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
