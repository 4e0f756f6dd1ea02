import CXMLSec

/// A signature without values, for xmlsec1 to fill in.
struct SignatureTemplate {
    /// The identifier of the element to sign.
    let identifier: String
    /// The signature method.
    let method: SignatureAlgorithm
    /// The digest method.
    let digest: DigestAlgorithm
    /// The prefixes of the canonicalization's `PrefixList`.
    let inclusiveNamespaces: [String]

    /// Puts the signature after the element's `Issuer`, or first, and answers its node.
    func insert(into element: XMLElement) -> xmlNodePtr? {
        guard
            let signature = unsafe xmlSecTmplSignatureCreateNsPref(
                element.tree.pointer,
                xmlSecTransformExclC14NGetKlass(),
                self.method.transform,
                nil,
                "ds"
            )
        else { return nil }
        if let issuer = element.childElements.first, issuer.name.localName == "Issuer" {
            unsafe xmlAddNextSibling(issuer.node, signature)
        } else if let first = unsafe element.node.pointee.children {
            unsafe xmlAddPrevSibling(first, signature)
        } else {
            unsafe xmlAddChild(element.node, signature)
        }
        guard
            let reference = unsafe xmlSecTmplSignatureAddReference(
                signature,
                self.digest.transform,
                nil,
                "#" + self.identifier,
                nil
            ),
            unsafe xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedGetKlass()) != nil,
            let canonicalization = unsafe xmlSecTmplReferenceAddTransform(
                reference,
                xmlSecTransformExclC14NGetKlass()
            )
        else { return nil }
        guard !self.inclusiveNamespaces.isEmpty else { return unsafe signature }
        let prefixes = self.inclusiveNamespaces.joined(separator: " ")
        guard unsafe xmlSecTmplTransformAddC14NInclNamespaces(canonicalization, prefixes) >= 0 else { return nil }
        return unsafe signature
    }

    /// Adds the certificate once the signature is made; KeyInfo is not signed.
    static func addKeyInfo(_ certificate: SigningCertificate, to signature: xmlNodePtr) -> Bool {
        guard
            let namespace = unsafe signature.pointee.ns,
            let keyInfo = unsafe xmlNewChild(signature, namespace, SignaturePart.keyInfo.rawValue, nil),
            let data = unsafe xmlNewChild(keyInfo, namespace, "X509Data", nil)
        else { return false }
        return unsafe xmlNewChild(data, namespace, "X509Certificate", StrictBase64.encode(certificate.der)) != nil
    }
}
