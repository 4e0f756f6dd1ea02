/// SignedInfo, read by hand: once from the document, once more from the canonical bytes that were verified.
struct SignedInfoShape: Hashable {
    /// How it was signed.
    let signatureAlgorithm: SignatureAlgorithm
    /// How the digest was made.
    let digestAlgorithm: DigestAlgorithm
    /// The digest that the sender signed.
    let digestValue: [UInt8]
    /// The identifier that the reference names.
    let identifier: String
    /// The prefixes that are treated as inclusive canonicalization does, in what is referred to.
    let prefixes: [String]
    /// The same in SignedInfo itself.
    let ownPrefixes: [String]

    /// Reads SignedInfo; see ``SignatureShape`` for what is allowed.
    static func read(
        _ signedInfo: XMLElement,
        identifier: String,
        policy: AlgorithmPolicy
    ) throws(SignatureRejection) -> SignedInfoShape {
        let children = signedInfo.childElements
        guard
            signedInfo.isNamed(SignaturePart.signedInfo.name), !signedInfo.hasCharacterData,
            signedInfo.attributes.allSatisfy({ $0.name == XMLName("", "Id") }), children.count == 3
        else { throw .malformed(.signedInfo) }
        let canonicalization = try self.algorithm(of: children[0], .canonicalizationMethod)
        guard canonicalization == XMLNamespace.exclusiveCanonicalization else { throw .canonicalizationRefused }
        let ownPrefixes = try self.prefixes(in: children[0], .canonicalizationMethod)
        let method = try self.algorithm(of: children[1], .signatureMethod)
        guard !children[1].hasChildElements else { throw .malformed(.signatureMethod) }
        guard let signatureAlgorithm = SignatureAlgorithm(rawValue: method),
            policy.signatures.contains(signatureAlgorithm)
        else { throw .signatureAlgorithmRefused(String(method.prefix(256))) }
        return try self.read(
            reference: children[2],
            identifier: identifier,
            signatureAlgorithm: signatureAlgorithm,
            ownPrefixes: ownPrefixes,
            policy: policy
        )
    }

    private static func read(
        reference: XMLElement,
        identifier: String,
        signatureAlgorithm: SignatureAlgorithm,
        ownPrefixes: [String],
        policy: AlgorithmPolicy
    ) throws(SignatureRejection) -> SignedInfoShape {
        let children = reference.childElements
        guard reference.isNamed(SignaturePart.reference.name), !reference.hasCharacterData else {
            throw .malformed(.reference)
        }
        guard let uri = reference.attribute("URI"), XMLCharacters.equal(uri, "#" + identifier) else {
            throw .referenceElsewhere
        }
        guard
            reference.attributes.allSatisfy({ $0.name == XMLName("", "Id") || $0.name == XMLName("", "URI") }),
            children.count == 3, children[0].isNamed(SignaturePart.transforms.name),
            children[2].isNamed(SignaturePart.digestValue.name)
        else { throw .malformed(.reference) }
        let prefixes = try self.prefixes(inTransforms: children[0])
        let method = try self.algorithm(of: children[1], .digestMethod)
        guard !children[1].hasChildElements else { throw .malformed(.digestMethod) }
        guard let algorithm = DigestAlgorithm(rawValue: method), policy.digests.contains(algorithm) else {
            throw .digestAlgorithmRefused(String(method.prefix(256)))
        }
        // An identity provider whose canonicalizer failed signs the digest of nothing, which fits every document.
        guard
            children[2].attributes.isEmpty, let text = try? children[2].text(), let value = StrictBase64.decode(text),
            value.count == algorithm.byteCount, let nothing = algorithm.digestOfNothing, value != nothing
        else { throw .valueMalformed(.digestValue) }
        return SignedInfoShape(
            signatureAlgorithm: signatureAlgorithm,
            digestAlgorithm: algorithm,
            digestValue: value,
            identifier: identifier,
            prefixes: prefixes,
            ownPrefixes: ownPrefixes
        )
    }

    /// Checks that there are the two transforms and no other, and reads the prefixes of the second.
    private static func prefixes(inTransforms transforms: XMLElement) throws(SignatureRejection) -> [String] {
        let children = transforms.childElements
        guard !transforms.hasCharacterData, transforms.attributes.isEmpty else { throw .malformed(.transforms) }
        guard children.count == 2 else { throw .transformsRefused }
        guard
            try self.algorithm(of: children[0], .transform) == XMLNamespace.envelopedSignature,
            try self.algorithm(of: children[1], .transform) == XMLNamespace.exclusiveCanonicalization
        else { throw .transformsRefused }
        guard !children[0].hasChildElements else { throw .malformed(.transform) }
        return try self.prefixes(in: children[1], .transform)
    }

    /// The `Algorithm` of an element that has no other attribute and no text.
    private static func algorithm(of element: XMLElement, _ part: SignaturePart) throws(SignatureRejection) -> String {
        guard
            element.isNamed(part.name), !element.hasCharacterData,
            let algorithm = element.onlyAttribute(XMLName("", "Algorithm"))
        else { throw .malformed(part) }
        return algorithm
    }

    /// At most sixteen prefixes of 32 bytes, `#default` among them (Exclusive XML Canonicalization, 3).
    ///
    /// Each is compared with every declaration in scope of every element, see ``PrefixLookupLimit``.
    private static func prefixes(in element: XMLElement, _ part: SignaturePart) throws(SignatureRejection) -> [String] {
        let children = element.childElements
        guard let list = children.first else { return [] }
        guard children.count == 1, list.isNamed(SignaturePart.inclusiveNamespaces.name) else { throw .malformed(part) }
        guard
            !list.hasChildElements, !list.hasCharacterData,
            let prefixes = list.onlyAttribute(XMLName("", "PrefixList"))
        else { throw .malformed(.inclusiveNamespaces) }
        guard prefixes.utf8.count <= 16 * 33 else { throw .prefixListRefused }
        let tokens = prefixes.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        guard tokens.count <= 16, tokens.allSatisfy({ $0.utf8.count <= 32 && ($0 == "#default" || NCName.isValid($0)) })
        else {
            throw .prefixListRefused
        }
        return tokens.map(String.init)
    }
}
