import CXMLSec

/// The namespace names that a document declares, used or not.
enum NamespaceNames {
    /// Whether each of them can be canonicalized.
    ///
    /// A relative name has no canonical form (Exclusive XML Canonicalization, 2; `saml-security` A18): libraries give up
    /// when they meet one, and an identity provider may then have signed the digest of nothing. The parser has refused
    /// what is no URI. A name with `&` in it has a form, but libxml2 keeps the reference to it in the name.
    static func haveCanonicalForms(in tree: XMLTree) -> Bool {
        guard let root = unsafe xmlDocGetRootElement(tree.pointer) else { return false }
        return withExtendedLifetime(tree) { unsafe self.haveCanonicalForms(in: root) }
    }

    // The recursion is bounded by the pre-lexer's limit on depth.
    private static func haveCanonicalForms(in element: xmlNodePtr) -> Bool {
        var declaration = unsafe element.pointee.nsDef
        while let current = unsafe declaration {
            if let name = unsafe current.pointee.href, unsafe !self.hasCanonicalForm(XMLCharacters.bytes(of: name)) {
                return false
            }
            unsafe declaration = current.pointee.next
        }
        var child = unsafe element.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_ELEMENT_NODE, unsafe !self.haveCanonicalForms(in: current) {
                return false
            }
            unsafe child = current.pointee.next
        }
        return true
    }

    /// Whether a URI begins with a scheme (RFC 3986, 3.1) and has no `&`; the empty name takes a default namespace back.
    private static func hasCanonicalForm(_ name: UnsafeRawBufferPointer) -> Bool {
        guard unsafe !name.isEmpty else { return true }
        guard unsafe Self.isLetter(name[0]), unsafe !name.contains(UInt8(ascii: "&")),
            let colon = unsafe name.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        return unsafe name[..<colon].allSatisfy { Self.isLetter($0) || Self.isOtherSchemeByte($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isOtherSchemeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
