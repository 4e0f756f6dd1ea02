import CXMLSec

/// A walk over a whole tree: nothing but elements and text, and no identifier twice.
///
/// An identifier is any attribute whose local name is `id` in any case, in any namespace, `xml:id` among them: two
/// readers may pick different ones, and libxml2 keeps the first silently (`saml-security` A16, A20).
struct XMLNodeAudit {
    private var identifiers: Set<String> = []

    /// Throws `unexpectedNode` or `duplicateID`.
    static func check(_ root: XMLElement) throws(XMLRejection) {
        var audit = XMLNodeAudit()
        guard unsafe root.node.pointee.prev == nil, unsafe root.node.pointee.next == nil else { throw .unexpectedNode }
        try audit.check(root)
    }

    /// The recursion is bounded by the pre-lexer's limit on depth.
    private mutating func check(_ element: XMLElement) throws(XMLRejection) {
        var attribute = unsafe element.node.pointee.properties
        while let current = unsafe attribute {
            if unsafe self.isIdentifier(current.pointee.name) {
                let value = try unsafe XMLAttributeValue.read(current)
                guard !value.isEmpty, self.identifiers.insert(value).inserted else { throw .duplicateID }
            }
            unsafe attribute = current.pointee.next
        }
        var child = unsafe element.node.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE: try self.check(unsafe XMLElement(node: current, tree: element.tree))
            case XML_TEXT_NODE: break
            default: throw .unexpectedNode
            }
            unsafe child = current.pointee.next
        }
    }

    private func isIdentifier(_ name: UnsafePointer<xmlChar>?) -> Bool {
        guard let name = unsafe name else { return false }
        return unsafe (name[0] | 0x20 == UInt8(ascii: "i") && name[1] | 0x20 == UInt8(ascii: "d") && name[2] == 0)
    }
}
