/// Verifies the enveloped signature of one element under pinned certificates.
///
/// The steps, each of which must pass (`saml-security` 3.1):
///
/// 1. The signature is a direct child of the element and has the one allowed shape (``SignatureShape``).
/// 2. A fresh tree is parsed from the same bytes, KeyInfo is removed from it, and xmlsec1 verifies it with one preset key,
///    with the allowed transforms and no other reachable (``SignatureContext``).
/// 3. The digest of the bytes that were digested is computed once more with OpenSSL alone.
/// 4. The canonical SignedInfo that was verified is parsed and says the same as the one in the document.
/// 5. The digested bytes are parsed strictly as a document of their own, whose root has the element's name and identifier.
///
/// What comes out is read from step 5 and from nowhere else, so that a wrapped or hidden element is never seen.
/// A certificate is a pinned key: its issuer, its dates and its chain are not looked at.
package struct SignatureVerifier: Sendable {
    /// The most certificates that a verification tries.
    package static let maximumCertificates = 8

    let certificates: [SigningCertificate]
    let policy: AlgorithmPolicy

    /// Makes a verifier that accepts the keys of these certificates.
    package init(certificates: [SigningCertificate]) {
        self.init(certificates: certificates, policy: .standard)
    }

    /// Makes a verifier under another policy, so that tests can read messages from before SHA-2.
    init(certificates: [SigningCertificate], policy: AlgorithmPolicy) {
        self.certificates = certificates
        self.policy = policy
    }

    /// Whether a signature is a direct child of an element; says nothing about its validity.
    package static func hasSignature(_ element: XMLElement) -> Bool {
        element.firstChild(named: SignaturePart.signature.name) != nil
    }

    /// Verifies an element's own signature; the element's document is not changed.
    package func verify(_ element: XMLElement) throws(SignatureRejection) -> VerifiedElement {
        guard !self.certificates.isEmpty else { throw .noCertificate }
        guard self.certificates.count <= Self.maximumCertificates else { throw .tooManyCertificates }
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        let shape = try SignatureShape.read(in: element, policy: self.policy)
        let candidates = self.certificates.filter {
            $0.key.family == shape.signedInfo.signatureAlgorithm.family && $0.key.isAccepted(by: self.policy)
        }
        guard let first = candidates.first else { throw .noKeyMatches }
        switch try self.run(element, shape: shape, certificate: first) {
        case .verified(let verified):
            return verified
        case .otherKey(let signedInfo):
            return try self.verify(element, shape: shape, signedInfo: signedInfo, others: candidates.dropFirst())
        }
    }

    /// Finds the key among the others from the canonical SignedInfo alone, and verifies once more with it.
    ///
    /// Canonicalizing the message for each key would let eight certificates cost eight times the work.
    private func verify(
        _ element: XMLElement,
        shape: SignatureShape,
        signedInfo: [UInt8],
        others: ArraySlice<SigningCertificate>
    ) throws(SignatureRejection) -> VerifiedElement {
        let algorithm = shape.signedInfo.signatureAlgorithm
        guard
            let certificate = others.first(where: {
                $0.key.verifies(signedInfo, value: shape.signatureValue, algorithm: algorithm)
            }),
            case .verified(let verified) = try self.run(element, shape: shape, certificate: certificate)
        else { throw .noKeyMatches }
        return verified
    }

    private enum Outcome {
        /// The key made the signature, and every check passed.
        case verified(VerifiedElement)
        /// Another key made it; the canonical SignedInfo.
        case otherKey([UInt8])
    }

    private func run(
        _ element: XMLElement,
        shape: SignatureShape,
        certificate: SigningCertificate
    ) throws(SignatureRejection) -> Outcome {
        let copy = try SignatureWorkingCopy(of: element, identifier: shape.signedInfo.identifier)
        let context = try SignatureContext.make(shape: shape.signedInfo, key: certificate.key)
        switch try context.verify(copy, shape: shape.signedInfo) {
        case .otherKey(let signedInfo):
            return .otherKey(signedInfo)
        case .verified(let signedInfo, let content):
            try self.check(signedInfo: signedInfo, shape: shape.signedInfo)
            let root = try self.reparse(content, element: element, shape: shape.signedInfo)
            return .verified(
                VerifiedElement(
                    element: root,
                    certificate: certificate,
                    signatureAlgorithm: shape.signedInfo.signatureAlgorithm
                )
            )
        }
    }

    /// The SignedInfo that was verified must say what was read before, byte differences aside.
    private func check(signedInfo: [UInt8], shape: SignedInfoShape) throws(SignatureRejection) {
        let root: XMLElement
        do {
            root = try XMLDocument.parse(signedInfo).root
        } catch {
            throw .signedBytesRefused(error)
        }
        let verified = try SignedInfoShape.read(root, identifier: shape.identifier, policy: self.policy)
        guard verified == shape else { throw .verifiedSomethingElse }
    }

    /// Makes a document of the bytes that were digested.
    private func reparse(
        _ content: [UInt8],
        element: XMLElement,
        shape: SignedInfoShape
    ) throws(SignatureRejection) -> XMLElement {
        guard !content.isEmpty, let digest = shape.digestAlgorithm.digest(content), digest == shape.digestValue else {
            throw .digestMismatch
        }
        let root: XMLElement
        do {
            root = try XMLDocument.parse(content, limits: element.tree.limits.canonicalized).root
        } catch {
            throw .signedBytesRefused(error)
        }
        guard root.name == element.name, root.attribute("ID") == shape.identifier else { throw .verifiedSomethingElse }
        return root
    }
}
