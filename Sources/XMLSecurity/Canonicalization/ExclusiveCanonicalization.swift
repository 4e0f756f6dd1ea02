import CXMLSec

/// Exclusive XML Canonicalization without comments (W3C, 18 July 2002) of one element.
///
/// The tree is read where it stands, with the namespaces that are declared around the element, and is not changed. It has
/// elements and text alone, in attributes text alone (``XMLNodeAudit``).
@safe
struct ExclusiveCanonicalization: ~Copyable {
    private let excluded: xmlNodePtr?
    /// The list, in which the empty prefix is that of the default namespace: these are written wherever they are declared.
    private let prefixes: [String]
    private var output: [UInt8] = []
    private var namespaces = RenderedNamespaces()
    /// The attributes of the element that is being written.
    private var attributes: [xmlAttrPtr] = unsafe []

    /// Writes an element.
    ///
    /// - Parameters:
    ///   - element: What is written, with everything inside.
    ///   - excluded: An element inside that is left out with everything in it.
    ///   - prefixes: The `PrefixList`, with `#default` for the default namespace.
    /// - Returns: The canonical bytes; nil when a namespace name of the document has no canonical form
    ///   (``NamespaceNames``).
    static func bytes(of element: XMLElement, without excluded: XMLElement?, prefixes: [String]) -> [UInt8]? {
        guard NamespaceNames.haveCanonicalForms(in: element.tree) else { return nil }
        var writer = unsafe ExclusiveCanonicalization(excluding: excluded?.node, prefixes: prefixes)
        writer.output.reserveCapacity(element.tree.bytes.count)
        unsafe writer.write(element.node)
        withExtendedLifetime((element.tree, excluded)) {}
        return writer.output
    }

    private init(excluding excluded: xmlNodePtr?, prefixes: [String]) {
        unsafe self.excluded = excluded
        self.prefixes = prefixes.map { $0 == "#default" ? "" : $0 }
    }

    // The recursion is bounded by the pre-lexer's limit on depth.
    private mutating func write(_ element: xmlNodePtr) {
        let outer = self.namespaces.count
        self.output.append(UInt8(ascii: "<"))
        unsafe self.writeName(element.pointee.name, element.pointee.ns)
        unsafe self.writeNamespaces(of: element)
        unsafe self.writeAttributes(of: element)
        self.output.append(UInt8(ascii: ">"))
        var child = unsafe element.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_TEXT_NODE {
                unsafe CanonicalText.content.write(current.pointee.content, to: &self.output)
            } else if unsafe current != self.excluded {
                unsafe self.write(current)
            }
            unsafe child = current.pointee.next
        }
        self.output.append(UInt8(ascii: "<"))
        self.output.append(UInt8(ascii: "/"))
        unsafe self.writeName(element.pointee.name, element.pointee.ns)
        self.output.append(UInt8(ascii: ">"))
        self.namespaces.leave(to: outer)
    }

    /// Writes a qualified name with the prefix that stands in the document.
    private mutating func writeName(_ localName: UnsafePointer<xmlChar>?, _ namespace: xmlNsPtr?) {
        if let prefix = unsafe namespace?.pointee.prefix {
            unsafe XMLCharacters.append(prefix, to: &self.output)
            self.output.append(UInt8(ascii: ":"))
        }
        unsafe XMLCharacters.append(localName, to: &self.output)
    }

    /// Writes the declarations that the element or one of its attributes makes use of, or that the list asks for, unless
    /// the nearest one that was written around it says the same; in the order of their prefixes.
    private mutating func writeNamespaces(of element: xmlNodePtr) {
        let first = self.namespaces.count
        unsafe self.namespaces.use(NamespaceDeclaration(of: element.pointee.ns))
        var attribute = unsafe element.pointee.properties
        while let current = unsafe attribute {
            if let namespace = unsafe current.pointee.ns {
                unsafe self.namespaces.use(NamespaceDeclaration(of: namespace))
            }
            unsafe attribute = current.pointee.next
        }
        for prefix in self.prefixes {
            guard let declaration = unsafe NamespaceDeclaration(of: prefix, inScopeOf: element) else { continue }
            self.namespaces.use(declaration)
        }
        self.namespaces.write(from: first, to: &self.output)
    }

    /// Writes the attributes: first those in no namespace, then by the names of their namespaces, then by their own.
    private mutating func writeAttributes(of element: xmlNodePtr) {
        unsafe self.attributes.removeAll(keepingCapacity: true)
        var attribute = unsafe element.pointee.properties
        while let current = unsafe attribute {
            unsafe self.attributes.append(current)
            unsafe attribute = current.pointee.next
        }
        if unsafe self.attributes.count > 1 {
            unsafe self.attributes.sort { left, right in
                let order = unsafe xmlStrcmp(left.pointee.ns?.pointee.href, right.pointee.ns?.pointee.href)
                return unsafe order == 0 ? xmlStrcmp(left.pointee.name, right.pointee.name) < 0 : order < 0
            }
        }
        for index in unsafe self.attributes.indices {
            let attribute = unsafe self.attributes[index]
            self.output.append(UInt8(ascii: " "))
            unsafe self.writeName(attribute.pointee.name, attribute.pointee.ns)
            self.output.append(UInt8(ascii: "="))
            self.output.append(UInt8(ascii: "\""))
            var text = unsafe attribute.pointee.children
            while let current = unsafe text {
                unsafe CanonicalText.attributeValue.write(current.pointee.content, to: &self.output)
                unsafe text = current.pointee.next
            }
            self.output.append(UInt8(ascii: "\""))
        }
    }
}
