/// Names without a colon, in ASCII: what identifiers and prefixes of SAML messages look like.
enum NCName {
    /// Whether a text is `[A-Za-z_][A-Za-z0-9_.-]{0,127}`.
    ///
    /// xmlsec1, with which ``XMLSigner`` signs, puts the identifier of a reference into an XPath expression between quotes:
    /// whatever could end the quotes must not get there (`saml-security` A14).
    static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, self.startsName(first), text.utf8.count <= 128 else { return false }
        return text.utf8.allSatisfy { self.startsName($0) || self.continuesName($0) }
    }

    private static func startsName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }
}
