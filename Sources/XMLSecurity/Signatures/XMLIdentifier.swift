import CXMLSec

/// Makes an element's identifier known to libxml2, which resolves references with it.
enum XMLIdentifier {
    /// Makes the value of the attribute `ID` resolve to this node and no other.
    ///
    /// `xmlAddID` answers NULL where another attribute, an `xml:id` for example, has taken the value before.
    static func register(_ identifier: String, of node: xmlNodePtr, in tree: XMLTree) -> Bool {
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            if unsafe current.pointee.ns == nil, unsafe String(cString: current.pointee.name) == "ID" { break }
            unsafe attribute = current.pointee.next
        }
        guard let attribute = unsafe attribute, unsafe attribute.pointee.parent == node else { return false }
        guard unsafe xmlAddID(nil, tree.pointer, identifier, attribute) != nil else { return false }
        return unsafe xmlGetID(tree.pointer, identifier) == attribute
    }
}
