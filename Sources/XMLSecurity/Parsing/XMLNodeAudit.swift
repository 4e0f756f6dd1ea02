import CXMLSec

/// A walk over a whole tree: nothing but elements and text, no identifier twice, and no text that is slow to compare.
///
/// An identifier is any attribute whose local name is `id` in any case, in any namespace, `xml:id` among them: two
/// readers may pick different ones, and libxml2 keeps the first silently (`saml-security` A16, A20).
struct XMLNodeAudit {
    /// An identifier by its bytes: hashing a `String` would normalize it, which is slow for text outside ASCII.
    private struct Identifier: Hashable {
        let bytes: [UInt8]

        /// Hashes all bytes at once, which an array does one by one.
        func hash(into hasher: inout Hasher) {
            unsafe self.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        }
    }

    private var identifiers: Set<Identifier> = []
    private let identifierLimit: Int
    /// Whether there can be combining marks.
    private let looksForMarks: Bool

    private init(identifierLimit: Int, looksForMarks: Bool) {
        self.identifierLimit = identifierLimit
        self.looksForMarks = looksForMarks
    }

    /// Walks over a document.
    ///
    /// - Parameters:
    ///   - root: Its root.
    ///   - isASCII: Whether every character is known to be ASCII, which has no combining marks.
    /// - Throws: `unexpectedNode`, `duplicateID`, `tooManyIdentifiers` or `tooManyMarks`.
    static func check(_ root: XMLElement, isASCII: Bool) throws(XMLRejection) {
        var audit = XMLNodeAudit(identifierLimit: root.tree.limits.identifierCount, looksForMarks: !isASCII)
        guard unsafe root.node.pointee.prev == nil, unsafe root.node.pointee.next == nil else { throw .unexpectedNode }
        try unsafe audit.check(root.node)
        withExtendedLifetime(root.tree) {}
    }

    // The recursion is bounded by the pre-lexer's limit on depth. Namespace names are ASCII: libxml2 wants URIs.
    private mutating func check(_ element: xmlNodePtr) throws(XMLRejection) {
        try unsafe self.checkMarks(element.pointee.name)
        var attribute = unsafe element.pointee.properties
        while let current = unsafe attribute {
            try unsafe self.check(current)
            unsafe attribute = current.pointee.next
        }
        var marks = CombiningMarkLimit()
        var child = unsafe element.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE: try unsafe self.check(current)
            case XML_TEXT_NODE: if self.looksForMarks { try unsafe marks.check(current.pointee.content) }
            default: throw .unexpectedNode
            }
            unsafe child = current.pointee.next
        }
    }

    private mutating func check(_ attribute: xmlAttrPtr) throws(XMLRejection) {
        try unsafe self.checkMarks(attribute.pointee.name)
        var marks = CombiningMarkLimit()
        var child = unsafe attribute.pointee.children
        while let current = unsafe child {
            guard unsafe current.pointee.type == XML_TEXT_NODE else { throw .unexpectedNode }
            if self.looksForMarks { try unsafe marks.check(current.pointee.content) }
            unsafe child = current.pointee.next
        }
        guard unsafe self.isIdentifier(attribute.pointee.name) else { return }
        let value = unsafe Identifier(bytes: Array(XMLAttributeValue.read(attribute).utf8))
        guard !value.bytes.isEmpty, self.identifiers.insert(value).inserted else { throw .duplicateID }
        guard self.identifiers.count <= self.identifierLimit else { throw .tooManyIdentifiers }
    }

    private func checkMarks(_ text: UnsafePointer<xmlChar>?) throws(XMLRejection) {
        guard self.looksForMarks else { return }
        var marks = CombiningMarkLimit()
        try unsafe marks.check(text)
    }

    private func isIdentifier(_ name: UnsafePointer<xmlChar>?) -> Bool {
        guard let name = unsafe name else { return false }
        return unsafe (name[0] | 0x20 == UInt8(ascii: "i") && name[1] | 0x20 == UInt8(ascii: "d") && name[2] == 0)
    }
}
