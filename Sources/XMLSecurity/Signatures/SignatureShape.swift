/// The one shape of a signature that is looked at, read by hand before any cryptography.
///
/// References and their transforms are followed before the signature's value is checked, so that whatever a reference may
/// name is attack surface. What is allowed (saml-core 5.4, `saml-security` A10 to A18):
///
///     Signature
///         SignedInfo
///             CanonicalizationMethod   exclusive, without comments
///             SignatureMethod          on the list
///             Reference                URI = "#" and the identifier of the element around the signature
///                 Transforms           enveloped-signature, then exclusive canonicalization; nothing else
///                 DigestMethod         on the list
///                 DigestValue
///         SignatureValue
///         KeyInfo                      may be there, is never read
///
/// Elements are found by direct steps only, and their order and number are exact.
struct SignatureShape {
    /// The signature.
    let element: XMLElement
    /// Its SignedInfo.
    let signedInfoElement: XMLElement
    /// What SignedInfo says.
    let signedInfo: SignedInfoShape
    /// The signature's value.
    let signatureValue: [UInt8]

    /// Reads the signature that is a direct child of an element.
    static func read(in element: XMLElement, policy: AlgorithmPolicy) throws(SignatureRejection) -> SignatureShape {
        guard let identifier = element.attribute("ID"), NCName.isValid(identifier) else { throw .identifierMissing }
        let signatures = element.children(named: SignaturePart.signature.name)
        guard let signature = signatures.first else { throw .unsigned }
        guard signatures.count == 1 else { throw .severalSignatures }
        let children = signature.childElements
        guard
            !signature.hasCharacterData, signature.attributes.allSatisfy({ $0.name == XMLName("", "Id") }),
            children.count == 2 || children.count == 3, children[0].isNamed(SignaturePart.signedInfo.name),
            children[1].isNamed(SignaturePart.signatureValue.name),
            children.count == 2 || children[2].isNamed(SignaturePart.keyInfo.name)
        else { throw .malformed(.signature) }
        let signedInfo = try SignedInfoShape.read(children[0], identifier: identifier, policy: policy)
        try PrefixLookupLimit.check(element, prefixCount: signedInfo.prefixes.count + signedInfo.ownPrefixes.count)
        guard children[1].attributes.allSatisfy({ $0.name == XMLName("", "Id") }) else {
            throw .malformed(.signatureValue)
        }
        guard
            let text = try? children[1].text(), let value = StrictBase64.decode(text), !value.isEmpty,
            value.count <= 1024
        else { throw .valueMalformed(.signatureValue) }
        return SignatureShape(
            element: signature,
            signedInfoElement: children[0],
            signedInfo: signedInfo,
            signatureValue: value
        )
    }
}
