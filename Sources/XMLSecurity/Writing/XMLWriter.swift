/// Makes XML, escaping every value; text never becomes markup.
///
///     var writer = XMLWriter()
///     writer.element("samlp:AuthnRequest", ["xmlns:samlp": protocolNamespace, "ID": id]) { writer in
///         writer.element("saml:Issuer", ["xmlns:saml": assertionNamespace]) { $0.text(issuer) }
///     }
///
/// Names are the program's own: a name that is no XML name is a bug and stops the program. Characters that XML 1.0 cannot
/// hold, such as most control characters, become U+FFFD.
package struct XMLWriter {
    /// What was written so far, in UTF-8.
    package private(set) var bytes: [UInt8] = []

    /// Begins an empty text.
    package init() {}

    /// Writes an element with attributes in the given order; an attribute without a value is left out.
    package mutating func element(
        _ qualifiedName: String,
        _ attributes: KeyValuePairs<String, String?> = [:],
        content: (inout XMLWriter) -> Void = { _ in }
    ) {
        precondition(Self.isQualifiedName(qualifiedName))
        self.markup("<" + qualifiedName)
        for (name, value) in attributes {
            guard let value else { continue }
            precondition(Self.isQualifiedName(name))
            self.markup(" " + name + "=\"")
            self.escape(value, quoted: true)
            self.markup("\"")
        }
        let before = self.bytes.count
        self.markup(">")
        content(&self)
        guard self.bytes.count > before + 1 else {
            self.bytes.removeLast()
            self.markup("/>")
            return
        }
        self.markup("</" + qualifiedName + ">")
    }

    /// Writes text.
    package mutating func text(_ text: String) {
        self.escape(text, quoted: false)
    }

    private mutating func markup(_ markup: String) {
        self.bytes.append(contentsOf: markup.utf8)
    }

    private mutating func escape(_ text: String, quoted: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self.markup("&amp;")
            case "<": self.markup("&lt;")
            case ">": self.markup("&gt;")
            case "\r": self.markup("&#13;")
            case "\"" where quoted: self.markup("&quot;")
            case "\n" where quoted: self.markup("&#10;")
            case "\t" where quoted: self.markup("&#9;")
            case "\t", "\n": self.bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": self.markup("\u{FFFD}")
            default: self.bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private static func isQualifiedName(_ name: String) -> Bool {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { NCName.isValid($0) }
    }
}
