import CXMLSec

/// A prefix and the namespace name that it stands for; both are strings of a tree, and none counts as empty.
@safe
struct NamespaceDeclaration {
    private let prefix: UnsafePointer<xmlChar>?
    private let name: UnsafePointer<xmlChar>?

    /// What puts an element or an attribute into a namespace; the empty name under the empty prefix for an element in none.
    init(of namespace: xmlNsPtr?) {
        unsafe self.prefix = UnsafePointer(namespace?.pointee.prefix)
        unsafe self.name = UnsafePointer(namespace?.pointee.href)
    }

    /// What a prefix stands for at an element, nil when nothing declares it; the empty prefix always stands for something.
    init?(of prefix: String, inScopeOf element: xmlNodePtr) {
        var ancestor: xmlNodePtr? = unsafe element
        while let current = unsafe ancestor, unsafe current.pointee.type == XML_ELEMENT_NODE {
            var declaration = unsafe current.pointee.nsDef
            while let namespace = unsafe declaration {
                if unsafe XMLCharacters.equal(namespace.pointee.prefix, prefix) {
                    unsafe self.init(of: namespace)
                    return
                }
                unsafe declaration = namespace.pointee.next
            }
            unsafe ancestor = current.pointee.parent
        }
        guard prefix.isEmpty else { return nil }
        unsafe self.init(of: nil)
    }

    /// Whether it holds without being written: no prefix for no namespace, and `xml` for what it always stands for.
    var isImplied: Bool {
        guard let prefix = unsafe self.prefix else { return unsafe XMLCharacters.equal(self.name, "") }
        return unsafe XMLCharacters.equal(prefix, "xml")
    }

    /// Whether both declare the same prefix.
    func hasPrefix(of other: NamespaceDeclaration) -> Bool {
        unsafe XMLCharacters.areEqual(self.prefix, other.prefix)
    }

    /// Whether both prefixes stand for the same name.
    func hasName(of other: NamespaceDeclaration) -> Bool {
        unsafe XMLCharacters.areEqual(self.name, other.name)
    }

    /// Whether it is written before another, which no prefix is.
    func precedes(_ other: NamespaceDeclaration) -> Bool {
        unsafe xmlStrcmp(self.prefix, other.prefix) < 0
    }

    /// Writes it as an attribute.
    func write(to output: inout [UInt8]) {
        output.append(contentsOf: " xmlns".utf8)
        if let prefix = unsafe self.prefix {
            output.append(UInt8(ascii: ":"))
            unsafe XMLCharacters.append(prefix, to: &output)
        }
        output.append(contentsOf: "=\"".utf8)
        unsafe CanonicalText.attributeValue.write(self.name, to: &output)
        output.append(UInt8(ascii: "\""))
    }
}
