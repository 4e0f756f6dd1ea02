import CXMLSec

@testable import XMLSecurity

/// libxml2's exclusive canonicalization of one element: another implementation of what ``ExclusiveCanonicalization`` does.
enum LibraryCanonicalization {
    /// Which nodes of the document are written; used only while the element's tree is alive.
    @safe
    private struct Part {
        let root: xmlNodePtr
        let excluded: xmlNodePtr?

        /// Whether a node is inside of the root and not inside of what is excluded; the node of a namespace counts as the
        /// element that it is written on.
        func contains(_ node: xmlNodePtr?, on parent: xmlNodePtr?) -> Bool {
            let isNamespace = unsafe node?.pointee.type == XML_NAMESPACE_DECL
            var current = unsafe isNamespace ? parent : node
            while let node = unsafe current {
                if unsafe node == self.excluded { return false }
                if unsafe node == self.root { return true }
                unsafe current = node.pointee.parent
            }
            return false
        }
    }

    /// The canonical bytes, nil when libxml2 fails.
    static func bytes(of element: XMLElement, without excluded: XMLElement?, prefixes: [String]) -> [UInt8]? {
        guard let output = unsafe xmlAllocOutputBuffer(nil) else { return nil }
        defer { unsafe xmlOutputBufferClose(output) }
        var part = unsafe Part(root: element.node, excluded: excluded?.node)
        let written = unsafe self.withList(prefixes) { list in
            unsafe xmlC14NExecute(
                element.tree.pointer,
                { part, node, parent in
                    let part = unsafe part?.assumingMemoryBound(to: Part.self).pointee
                    return unsafe part?.contains(node, on: parent) == true ? 1 : 0
                },
                &part,
                Int32(XML_C14N_EXCLUSIVE_1_0.rawValue),
                list,
                0,
                output
            )
        }
        withExtendedLifetime((element.tree, excluded)) {}
        guard written >= 0, let start = unsafe xmlOutputBufferGetContent(output) else { return nil }
        return unsafe Array(UnsafeBufferPointer(start: start, count: xmlOutputBufferGetSize(output)))
    }

    /// Makes libxml2's list, which ends with a null pointer; none for no prefixes.
    private static func withList(
        _ prefixes: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<xmlChar>?>?) -> Int32
    ) -> Int32 {
        guard !prefixes.isEmpty else { return body(nil) }
        var list: [UnsafeMutablePointer<xmlChar>?] = unsafe []
        for prefix in prefixes { unsafe list.append(xmlStrdup(prefix)) }
        unsafe list.append(nil)
        defer {
            for index in unsafe list.indices { unsafe portico_xml_free(list[index]) }
        }
        return unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}
