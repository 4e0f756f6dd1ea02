import CXMLSec

/// Bounds what a list of inclusive namespace prefixes costs.
///
/// Exclusive canonicalization looks up every prefix of the list on every element, for which libxml2 walks from the element
/// to the root. Two thousand small elements at a depth of sixty, a message of 12 KB, cost fifty milliseconds with sixteen
/// prefixes, before the signature's value was looked at.
enum PrefixLookupLimit {
    /// The most steps: a thousand roles may have nine prefixes.
    static let maximumSteps = 131_072

    /// What a lookup costs apart from the way to the root, in steps.
    private static let fixedSteps = 8

    /// Counts the steps for an element and everything inside.
    ///
    /// - Throws: `prefixListRefused`.
    static func check(_ element: XMLElement, prefixCount: Int) throws(SignatureRejection) {
        guard prefixCount > 0 else { return }
        var depth = 1
        var ancestor = element.parent
        while let current = ancestor {
            depth += 1
            ancestor = current.parent
        }
        let steps = withExtendedLifetime(element.tree) { unsafe Self.steps(element.node, depth: depth) }
        guard steps * prefixCount <= self.maximumSteps else { throw .prefixListRefused }
    }

    // The recursion is bounded by the pre-lexer's limit on depth.
    private static func steps(_ node: xmlNodePtr, depth: Int) -> Int {
        var steps = depth + self.fixedSteps
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_ELEMENT_NODE { unsafe steps += self.steps(current, depth: depth + 1) }
            unsafe child = current.pointee.next
        }
        return steps
    }
}
