import XMLSecurity

/// Pre-lexer and parser: whatever the bytes are, they are refused, or read without a crash and as they are.
enum XMLTarget {
    static func run(_ bytes: [UInt8]) {
        guard let document = try? XMLDocument.parse(bytes) else { return }
        precondition(document.bytes == bytes, "the document keeps other bytes than it was made of")
        self.walk(document.root, depth: 1)
    }

    /// Reads everything that a reader of SAML asks an element for.
    private static func walk(_ element: XMLElement, depth: Int) {
        precondition(depth <= XMLLimits.samlMessage.depth, "an element is deeper than the limit")
        precondition(element.isNamed(element.name), "an element does not have its own name")
        precondition(
            element.attributes.count <= XMLLimits.samlMessage.attributesPerTag,
            "more attributes than the limit"
        )
        for attribute in element.attributes {
            precondition(element.attribute(attribute.name) != nil, "an attribute cannot be found by its name")
        }
        let children = element.childElements
        precondition(children.isEmpty != ((try? element.text()) == nil), "elements, and yet text alone")
        for child in children {
            precondition(child.parent?.isSameNode(as: element) == true, "a child has another parent")
            self.walk(child, depth: depth + 1)
        }
    }
}
