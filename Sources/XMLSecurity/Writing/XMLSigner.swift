import CXMLSec

/// Signs one element of a document with an enveloped signature of the shape that ``SignatureVerifier`` accepts.
package enum XMLSigner {
    /// What may differ from one signature to the next.
    package struct Options: Hashable, Sendable {
        /// The digest of the reference and inside the signature method.
        package var digest: DigestAlgorithm
        /// A certificate to put into KeyInfo; nil leaves KeyInfo out.
        package var certificate: SigningCertificate?
        /// The prefixes of the canonicalization's `PrefixList`; none leaves it out.
        package var inclusiveNamespaces: [String]

        /// Makes options; by default SHA-256 and no KeyInfo.
        package init(
            digest: DigestAlgorithm = .sha256,
            certificate: SigningCertificate? = nil,
            inclusiveNamespaces: [String] = []
        ) {
            self.digest = digest
            self.certificate = certificate
            self.inclusiveNamespaces = inclusiveNamespaces
        }
    }

    /// Answers the document with the signature in it.
    ///
    /// The signature stands after the element's `Issuer`, where the schemas of SAML want it, and first where there is none.
    package static func sign(
        _ document: [UInt8],
        elementID: String,
        key: SigningKey,
        options: Options = Options()
    ) throws(SigningFailure) -> [UInt8] {
        guard NCName.isValid(elementID) else { throw .identifierRefused }
        let parsed: XMLDocument
        do {
            parsed = try XMLDocument.parse(document)
        } catch {
            throw .document(error)
        }
        guard let element = self.element(elementID, in: parsed.root) else { throw .elementMissing }
        guard let method = self.method(of: key, digest: options.digest) else { throw .libraryFailure }
        let template = SignatureTemplate(
            identifier: elementID,
            method: method,
            digest: options.digest,
            inclusiveNamespaces: options.inclusiveNamespaces
        )
        guard
            let signature = unsafe template.insert(into: element),
            unsafe XMLIdentifier.register(elementID, of: element.node, in: element.tree),
            unsafe self.run(signature, key: key)
        else { throw .libraryFailure }
        if let certificate = options.certificate {
            guard unsafe SignatureTemplate.addKeyInfo(certificate, to: signature) else { throw .libraryFailure }
        }
        return try self.serialize(element.tree)
    }

    private static func element(_ identifier: String, in element: XMLElement) -> XMLElement? {
        if element.attribute("ID") == identifier { return element }
        for child in element.childElements {
            if let found = self.element(identifier, in: child) { return found }
        }
        return nil
    }

    private static func method(of key: SigningKey, digest: DigestAlgorithm) -> SignatureAlgorithm? {
        SignatureAlgorithm.allCases.first { $0.family == key.family && $0.digest == digest }
    }

    private static func run(_ signature: xmlNodePtr, key: SigningKey) -> Bool {
        guard let context = unsafe xmlSecDSigCtxCreate(nil) else { return false }
        defer { unsafe xmlSecDSigCtxDestroy(context) }
        guard let signKey = unsafe key.makeLibraryKey() else { return false }
        unsafe context.pointee.signKey = signKey
        return unsafe xmlSecDSigCtxSign(context, signature) >= 0
            && context.pointee.status == xmlSecDSigStatusSucceeded
    }

    private static func serialize(_ tree: XMLTree) throws(SigningFailure) -> [UInt8] {
        var start: UnsafeMutablePointer<xmlChar>?
        var count: Int32 = 0
        unsafe xmlDocDumpMemoryEnc(tree.pointer, &start, &count, "UTF-8")
        guard let start = unsafe start else { throw .libraryFailure }
        defer { unsafe portico_xml_free(start) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
