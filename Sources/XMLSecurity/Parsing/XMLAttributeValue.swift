import CXMLSec

/// Reads the value of an attribute node: its text children.
///
/// ``XMLNodeAudit`` has refused every document in which an attribute has other children, before anybody can ask for a
/// value; so there is no value that cannot be read, and none that is left out.
enum XMLAttributeValue {
    static func read(_ attribute: xmlAttrPtr) -> String {
        var value = ""
        var child = unsafe attribute.pointee.children
        while let current = unsafe child {
            precondition(unsafe current.pointee.type == XML_TEXT_NODE)
            if let content = unsafe current.pointee.content { unsafe value += String(cString: content) }
            unsafe child = current.pointee.next
        }
        return value
    }
}
