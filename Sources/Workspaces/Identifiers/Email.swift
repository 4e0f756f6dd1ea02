/// A normalized e-mail address: the identity of a person within a workspace (behavior I1, I2).
///
/// Accepted is a dot-atom of ASCII before the `@` (RFC 5322, 3.2.3) and a domain name of at least two labels after it.
/// Quoted local parts, comments, address literals and characters outside ASCII before the `@` are refused, because two
/// systems may read them differently or two of them may look alike (saml-security F04). Nothing is cut (F05).
package struct Email: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length of an address in characters (RFC 5321, 4.5.3.1.3, without the angle brackets).
    package static let maximumLength = 254
    /// The greatest length of the part before the `@` (RFC 5321, 4.5.3.1.1).
    package static let maximumLocalPartLength = 64

    /// The part before the `@`, in lower case.
    package let localPart: String
    /// The part after the `@`.
    package let domain: EmailDomain

    /// Takes an address as a person or an identity provider wrote it: trims XML white space, folds ASCII letters to
    /// lower case, turns an international domain into A-labels.
    ///
    /// - Returns: `nil` when the text is not an address that Portico accepts.
    package init?(_ text: String) {
        let parts = XMLWhitespace.trimming(text).split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let localPart = parts.first, let domainText = parts.last else { return nil }
        guard Self.isDotAtom(localPart), localPart.utf8.count <= Self.maximumLocalPartLength else { return nil }
        guard let domain = EmailDomain(String(domainText)) else { return nil }
        guard localPart.utf8.count + 1 + domain.value.utf8.count <= Self.maximumLength else { return nil }
        self.localPart = localPart.lowercased()
        self.domain = domain
    }

    /// The whole address in its normalized form, by which people are found.
    package var value: String { "\(self.localPart)@\(self.domain.value)" }

    package var description: String { self.value }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { atom in
                !atom.isEmpty && atom.utf8.allSatisfy(Self.isAtomByte)
            }
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
