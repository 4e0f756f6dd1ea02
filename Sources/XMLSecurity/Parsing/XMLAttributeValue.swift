import CXMLSec

/// Reads the value of an attribute node: its text children.
///
/// ``XMLNodeAudit`` has refused every document in which an attribute has other children, before anybody can ask for a
/// value; so there is no value that cannot be read, and none that is left out.
enum XMLAttributeValue {
    static func read(_ attribute: xmlAttrPtr) -> String {
        guard let value = unsafe XMLTextNodes.read(from: attribute.pointee.children) else {
            preconditionFailure("an attribute that is not text was let through")
        }
        return value
    }
}
