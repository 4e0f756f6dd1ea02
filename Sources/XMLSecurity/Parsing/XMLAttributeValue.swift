import CXMLSec

/// Reads the value of an attribute node: its text children, which a document without entities has alone.
enum XMLAttributeValue {
    static func read(_ attribute: xmlAttrPtr) throws(XMLRejection) -> String {
        var value = ""
        var child = unsafe attribute.pointee.children
        while let current = unsafe child {
            guard unsafe current.pointee.type == XML_TEXT_NODE else { throw .unexpectedNode }
            if let content = unsafe current.pointee.content { unsafe value += String(cString: content) }
            unsafe child = current.pointee.next
        }
        return value
    }
}
