/// How much XML is read before it is refused.
///
/// The numbers bound the work, not the memory alone: libxml2 and the canonicalizer are quadratic in the attributes and
/// namespaces of one tag, and linear in the depth for every node.
package struct XMLLimits: Hashable, Sendable {
    /// The most bytes in a document.
    package var byteCount: Int
    /// The most attributes on one tag, namespace declarations not counted.
    package var attributesPerTag: Int
    /// The most attributes in a document, namespace declarations not counted.
    package var attributesInAll: Int
    /// The most pairs of attributes on one tag, summed over all tags: each is compared with each.
    package var attributePairs: Int
    /// The most namespace declarations on one tag.
    package var namespacesPerTag: Int
    /// The most namespace declarations on an element and its ancestors together.
    package var namespacesInScope: Int
    /// The most namespace declarations in a document.
    package var namespacesInAll: Int
    /// The most identifiers in a document: attributes whose local name is `id` in any case.
    package var identifierCount: Int
    /// The most elements in a document.
    package var elementCount: Int
    /// The most elements, attributes and namespace declarations together.
    package var nodeCount: Int
    /// The most elements on a path from the root, the root counted.
    package var depth: Int
    /// The most steps to the root, summed over all elements, attributes and namespace declarations.
    package var pathLength: Int
    /// The most bytes of namespace names that exclusive canonicalization could repeat.
    ///
    /// It writes a namespace declaration on each element that visibly uses one, so that a long name declared once and
    /// used a thousand times is written a thousand times.
    package var namespaceExpansion: Int

    /// The limits of a SAML message: a person with a thousand roles fits, each of them a value with its type and with two
    /// namespace declarations of its own, as verbose identity providers write it; so does one in as many groups as
    /// Active Directory allows, which is 1,015.
    ///
    /// So a message may have three times the 128 KiB of `saml-security` C05.
    ///
    /// Rulings 5 has 4,000 elements and 4,096 declarations, as long as the 10 ms of CPU hold for up to 128 KiB. They hold
    /// for 1,600 and 2,304, also when both parts are signed and each of eight slow keys may have to be tried;
    /// `ConformanceChecker cost` measures it. A message has about ten identifiers, each of which is looked for in all
    /// others.
    package static let samlMessage = XMLLimits(
        byteCount: 384 * 1024,
        attributesPerTag: 64,
        attributesInAll: 2304,
        attributePairs: 131_072,
        namespacesPerTag: 64,
        namespacesInScope: 64,
        namespacesInAll: 2304,
        identifierCount: 64,
        elementCount: 1600,
        nodeCount: 4200,
        depth: 64,
        pathLength: 40_960,
        namespaceExpansion: 384 * 1024
    )

    /// The limits of an assertion that was encrypted.
    ///
    /// Decryption takes part of the 10 ms, so that less is left: a thousand roles fit, nine hundred where each has its type,
    /// four hundred where each has the namespaces of that type as well.
    package static let samlPlaintext: XMLLimits = {
        var limits = XMLLimits.samlMessage
        limits.elementCount = 1050
        limits.nodeCount = 1900
        return limits
    }()

    /// The limits of metadata: the document of one identity provider with all its extensions, or a federation of some
    /// hundreds of entities.
    ///
    /// The aggregate of a national federation has tens of megabytes and is refused; such federations hand out each
    /// entity's document by itself. What takes time here is the tree, which grows with the elements: a document at these
    /// limits parses in tens of milliseconds.
    package static let samlMetadata = XMLLimits(
        byteCount: 1024 * 1024,
        attributesPerTag: 64,
        attributesInAll: 32_768,
        attributePairs: 524_288,
        namespacesPerTag: 64,
        namespacesInScope: 64,
        namespacesInAll: 16_384,
        identifierCount: 16_384,
        elementCount: 16_384,
        nodeCount: 65_536,
        depth: 64,
        pathLength: 524_288,
        namespaceExpansion: 8 * 1024 * 1024
    )

    /// The same limits for bytes that canonicalization made of an accepted document, which may have grown.
    var canonicalized: XMLLimits {
        var limits = self
        limits.byteCount = self.byteCount * 6 + self.namespaceExpansion
        limits.namespacesInAll = self.elementCount * 2 + self.namespacesInAll
        limits.nodeCount = self.nodeCount + limits.namespacesInAll
        limits.pathLength = self.pathLength * 4
        limits.namespaceExpansion = self.namespaceExpansion * 4
        return limits
    }
}
