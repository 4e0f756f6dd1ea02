import CXMLSec

/// A fresh tree of an element's document, made ready for xmlsec1, which changes what it verifies.
///
/// In it the element's identifier is registered, and no other; and the signature has lost its KeyInfo, so that no key,
/// certificate or address that the sender put there can be looked at.
@safe
struct SignatureWorkingCopy {
    private let tree: XMLTree
    /// The signature, valid as long as this value is.
    let signature: xmlNodePtr

    /// Parses the document anew and finds the element by its path from the root.
    init(of element: XMLElement, identifier: String) throws(SignatureRejection) {
        let tree: XMLTree
        do {
            tree = try XMLTree.parse(element.tree.bytes, limits: element.tree.limits)
        } catch {
            throw .signedBytesRefused(error)
        }
        guard
            let target = unsafe Self.node(at: Self.path(of: element), in: tree),
            let signature = unsafe XMLElement(node: target, tree: tree).firstChild(named: SignaturePart.signature.name)
        else { throw .verifiedSomethingElse }
        guard unsafe XMLIdentifier.register(identifier, of: target, in: tree) else { throw .verifiedSomethingElse }
        for keyInfo in signature.children(named: SignaturePart.keyInfo.name) {
            unsafe xmlUnlinkNode(keyInfo.node)
            unsafe xmlFreeNode(keyInfo.node)
        }
        self.tree = tree
        unsafe self.signature = signature.node
    }

    /// Lets xmlsec1 work on the signature while the tree is alive.
    func withSignature<Result>(_ body: (xmlNodePtr) -> Result) -> Result {
        withExtendedLifetime(self.tree) { unsafe body(self.signature) }
    }

    /// The position of each element on the way from the root among its sibling elements.
    private static func path(of element: XMLElement) -> [Int] {
        var path: [Int] = []
        var current = element
        while let parent = current.parent {
            path.append(parent.childElements.firstIndex { $0.isSameNode(as: current) } ?? 0)
            current = parent
        }
        return path.reversed()
    }

    private static func node(at path: [Int], in tree: XMLTree) -> xmlNodePtr? {
        guard let root = unsafe xmlDocGetRootElement(tree.pointer) else { return nil }
        var element = unsafe XMLElement(node: root, tree: tree)
        for index in path {
            let children = element.childElements
            guard children.indices.contains(index) else { return nil }
            element = children[index]
        }
        return unsafe element.node
    }
}
