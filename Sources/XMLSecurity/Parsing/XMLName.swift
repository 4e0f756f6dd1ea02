import CXMLSec

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

    /// The name of a node of libxml2's.
    init(_ localName: UnsafePointer<xmlChar>, _ namespace: xmlNsPtr?) {
        let namespaceURI = unsafe namespace?.pointee.href
        self.namespaceURI = unsafe namespaceURI.map { unsafe String(cString: $0) } ?? ""
        self.localName = unsafe String(cString: localName)
    }

    /// Compares bytes; `String` itself compares by canonical equivalence, under which a Kelvin sign is a `K`.
    package static func == (left: XMLName, right: XMLName) -> Bool {
        XMLCharacters.equal(left.localName, right.localName)
            && XMLCharacters.equal(left.namespaceURI, right.namespaceURI)
    }

    /// Hashes the local name's bytes, which tell the names of one vocabulary apart.
    package func hash(into hasher: inout Hasher) {
        var localName = self.localName
        localName.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
