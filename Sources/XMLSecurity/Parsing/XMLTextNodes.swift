import CXMLSec

/// Reads sibling nodes that are text, of which libxml2 mostly makes one.
enum XMLTextNodes {
    /// The text of a node and of those behind it, as written; no node is no text.
    ///
    /// - Returns: Nil when one of them is not text.
    static func read(from first: xmlNodePtr?) -> String? {
        var text = ""
        var node = unsafe first
        while let current = unsafe node {
            guard unsafe current.pointee.type == XML_TEXT_NODE else { return nil }
            if let content = unsafe current.pointee.content {
                let piece = unsafe String(cString: content)
                // Joining costs more than reading.
                text = text.isEmpty ? piece : text + piece
            }
            unsafe node = current.pointee.next
        }
        return text
    }
}
