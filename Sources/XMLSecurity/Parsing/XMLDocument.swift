import CXMLSec

/// A document that was parsed strictly and whose identifiers are unique.
///
/// The tree is never changed after it was made, so that what one reader saw is what the next one sees. It is not
/// `Sendable`: parse, verify and read in one synchronous piece of code.
package final class XMLDocument {
    /// The document element.
    package let root: XMLElement

    /// The bytes that were parsed.
    package var bytes: [UInt8] { self.root.tree.bytes }

    /// Parses hostile bytes.
    ///
    /// The order: the pre-lexer, libxml2 with the network off and no message tolerated, then a walk over all nodes that
    /// allows elements and text alone and each identifier once (`saml-security` A16).
    package static func parse(
        _ bytes: [UInt8],
        limits: XMLLimits = .samlMessage,
        comments: XMLComments = .refused
    ) throws(XMLRejection) -> XMLDocument {
        let isASCII = try XMLPreLexer.check(bytes, limits: limits, comments: comments)
        let tree = try XMLTree.parse(bytes, limits: limits, comments: comments)
        guard let root = unsafe xmlDocGetRootElement(tree.pointer) else { throw .malformed }
        let document = unsafe XMLDocument(root: XMLElement(node: root, tree: tree))
        try XMLNodeAudit.check(document.root, isASCII: isASCII)
        return document
    }

    private init(root: XMLElement) {
        self.root = root
    }
}
