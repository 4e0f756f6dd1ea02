import CXMLSec

/// An element of a document, which it keeps alive.
@safe
package struct XMLElement {
    /// The node; valid as long as the tree is.
    let node: xmlNodePtr
    let tree: XMLTree

    init(node: xmlNodePtr, tree: XMLTree) {
        unsafe self.node = node
        self.tree = tree
    }

    /// The expanded name.
    package var name: XMLName {
        unsafe XMLName(self.node.pointee.name, self.node.pointee.ns)
    }

    /// Whether the element has this expanded name.
    package func isNamed(_ name: XMLName) -> Bool {
        unsafe Self.isNamed(name, self.node.pointee.name, self.node.pointee.ns)
    }

    /// The attributes in document order, without namespace declarations.
    package var attributes: [XMLAttribute] {
        var result: [XMLAttribute] = []
        var attribute = unsafe self.node.pointee.properties
        while let current = unsafe attribute {
            let name = unsafe XMLName(current.pointee.name, current.pointee.ns)
            unsafe result.append(XMLAttribute(name: name, value: XMLAttributeValue.read(current)))
            unsafe attribute = current.pointee.next
        }
        return result
    }

    /// The value of an attribute in no namespace, nil when there is none.
    package func attribute(_ localName: String) -> String? {
        self.attribute(XMLName("", localName))
    }

    /// The value of an attribute by its expanded name, nil when there is none.
    package func attribute(_ name: XMLName) -> String? {
        var attribute = unsafe self.node.pointee.properties
        while let current = unsafe attribute {
            if unsafe Self.isNamed(name, current.pointee.name, current.pointee.ns) {
                return unsafe XMLAttributeValue.read(current)
            }
            unsafe attribute = current.pointee.next
        }
        return nil
    }

    /// The value of the only attribute, nil when it has another name, or when there is none or another one beside it.
    func onlyAttribute(_ name: XMLName) -> String? {
        guard let attribute = unsafe self.node.pointee.properties, unsafe attribute.pointee.next == nil,
            unsafe Self.isNamed(name, attribute.pointee.name, attribute.pointee.ns)
        else { return nil }
        return unsafe XMLAttributeValue.read(attribute)
    }

    /// The elements directly inside, in document order.
    package var childElements: [XMLElement] {
        var result: [XMLElement] = []
        var next = self.firstElementChild
        while let child = next {
            result.append(child)
            next = child.nextElementSibling
        }
        return result
    }

    /// The first element directly inside.
    package var firstElementChild: XMLElement? {
        unsafe self.element(atOrAfter: self.node.pointee.children)
    }

    /// The next element inside the same one.
    package var nextElementSibling: XMLElement? {
        unsafe self.element(atOrAfter: self.node.pointee.next)
    }

    /// Whether there are elements directly inside.
    package var hasChildElements: Bool {
        unsafe xmlFirstElementChild(self.node) != nil
    }

    /// Whether the element's name is in a namespace; the empty one is that of names without a namespace.
    package func isInNamespace(_ namespaceURI: String) -> Bool {
        unsafe XMLCharacters.equal(self.node.pointee.ns?.pointee.href, namespaceURI)
    }

    /// The elements of a name directly inside, in document order.
    package func children(named name: XMLName) -> [XMLElement] {
        self.childElements.filter { $0.isNamed(name) }
    }

    /// The first element of a name directly inside.
    package func firstChild(named name: XMLName) -> XMLElement? {
        var next = self.firstElementChild
        while let child = next, !child.isNamed(name) { next = child.nextElementSibling }
        return next
    }

    /// The element around this one; nil for the document element.
    package var parent: XMLElement? {
        guard let parent = unsafe self.node.pointee.parent, unsafe parent.pointee.type == XML_ELEMENT_NODE else {
            return nil
        }
        return unsafe XMLElement(node: parent, tree: self.tree)
    }

    /// Whether both are the same node of the same tree.
    package func isSameNode(as other: XMLElement) -> Bool {
        unsafe self.node == other.node
    }

    /// All text of an element that holds text alone, as written.
    ///
    /// - Throws: `notTextOnly` when there are elements inside.
    package func text() throws(XMLRejection) -> String {
        guard let text = unsafe XMLTextNodes.read(from: self.node.pointee.children) else { throw .notTextOnly }
        return text
    }

    /// Whether text other than XML whitespace stands directly inside.
    package var hasCharacterData: Bool {
        var child = unsafe self.node.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_TEXT_NODE, unsafe xmlIsBlankNode(current) == 0 { return true }
            unsafe child = current.pointee.next
        }
        return false
    }

    /// The first element among a node and those behind it.
    private func element(atOrAfter first: xmlNodePtr?) -> XMLElement? {
        var node = unsafe first
        while let current = unsafe node, unsafe current.pointee.type != XML_ELEMENT_NODE {
            unsafe node = current.pointee.next
        }
        return unsafe node.map { unsafe XMLElement(node: $0, tree: self.tree) }
    }

    private static func isNamed(
        _ name: XMLName,
        _ localName: UnsafePointer<xmlChar>?,
        _ namespace: xmlNsPtr?
    ) -> Bool {
        unsafe XMLCharacters.equal(localName, name.localName)
            && XMLCharacters.equal(namespace?.pointee.href, name.namespaceURI)
    }
}
