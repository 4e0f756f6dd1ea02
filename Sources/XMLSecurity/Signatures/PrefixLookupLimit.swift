import CXMLSec

/// Bounds what a list of inclusive namespace prefixes costs.
///
/// Exclusive canonicalization looks up every prefix of a list on every element that is written, on a walk to the root past
/// every declaration on the way. Four thousand small elements in the scope of 58 declarations, a message of 27 KB, cost
/// libxml2 a quarter of a second with sixteen prefixes.
enum PrefixLookupLimit {
    /// The most steps: with five declarations in scope, a thousand roles may have fourteen prefixes.
    static let maximumSteps = 262_144

    /// What a lookup costs apart from the way to the root, in steps.
    private static let fixedSteps = 8

    /// Counts the steps for the document of an element.
    ///
    /// - Parameters:
    ///   - element: An element of the document.
    ///   - prefixCount: The number of prefixes in both lists, that of the element and that of SignedInfo.
    /// - Throws: `prefixListRefused`.
    static func check(_ element: XMLElement, prefixCount: Int) throws(SignatureRejection) {
        guard prefixCount > 0 else { return }
        var root = element
        while let parent = root.parent { root = parent }
        let steps = withExtendedLifetime(element.tree) { unsafe Self.steps(root.node, depth: 1, declarations: 0) }
        guard steps * prefixCount <= self.maximumSteps else { throw .prefixListRefused }
    }

    // The recursion is bounded by the pre-lexer's limit on depth.
    private static func steps(_ node: xmlNodePtr, depth: Int, declarations: Int) -> Int {
        var inScope = declarations
        var declaration = unsafe node.pointee.nsDef
        while let current = unsafe declaration {
            inScope += 1
            unsafe declaration = current.pointee.next
        }
        var steps = depth + inScope + self.fixedSteps
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_ELEMENT_NODE {
                unsafe steps += self.steps(current, depth: depth + 1, declarations: inScope)
            }
            unsafe child = current.pointee.next
        }
        return steps
    }
}
