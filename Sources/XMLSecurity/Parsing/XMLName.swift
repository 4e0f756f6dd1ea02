/// An expanded name: a namespace and a local name.
package struct XMLName: Hashable, Sendable {
    /// The name of the namespace; empty where there is none.
    package let namespaceURI: String
    /// The name without its prefix.
    package let localName: String

    /// Makes a name in a namespace.
    package init(_ namespaceURI: String, _ localName: String) {
        self.namespaceURI = namespaceURI
        self.localName = localName
    }
}
