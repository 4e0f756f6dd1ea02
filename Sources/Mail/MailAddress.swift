/// An address as an envelope and a header carry it: a dot-atom of ASCII, an at sign and a host name (RFC 5321, 4.1.2).
///
/// The grammar is closed: no quoted string, no comment, no white space, no line break, so that no address can become a line
/// of its own, or a second address, wherever it is written.
package struct MailAddress: Hashable, Sendable {
    /// The address.
    package let value: String
    /// The part after the at sign.
    package let domain: String

    /// Takes an address.
    ///
    /// - Returns: `nil` unless the whole text is one address of the grammar.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last else {
            return nil
        }
        guard (1...64).contains(local.count), Self.isDotted(local, of: Self.isAtomByte) else { return nil }
        guard !domain.isEmpty, Self.isDotted(domain, of: Self.isHostByte) else { return nil }
        guard let domain = String(domain) else { return nil }
        self.value = text
        self.domain = domain
    }

    private static func isDotted(_ text: Substring.UTF8View, of isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        case _: false
        }
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        Self.isHostByte(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }
}
