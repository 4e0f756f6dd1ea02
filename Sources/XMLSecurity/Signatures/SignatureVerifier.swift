/// Verifies the enveloped signature of one element under pinned certificates.
///
/// The steps, each of which must pass (`saml-security` 3.1):
///
/// 1. The signature is a direct child of the element and has the one allowed shape (``SignatureShape``).
/// 2. The element without its signature is canonicalized (``ExclusiveCanonicalization``), and the digest of these bytes is
///    the one in SignedInfo. Nothing is looked up for this: the reference names the element that it stands in.
/// 3. SignedInfo is canonicalized, and a pinned key made the signature's value over these bytes. KeyInfo is never read.
/// 4. The canonical SignedInfo that was verified is parsed and says the same as the one in the document.
/// 5. The digested bytes are parsed strictly as a document of their own, whose root has the element's name and identifier.
///
/// What comes out is read from step 5 and from nowhere else, so that a wrapped or hidden element is never seen, and a
/// mistake in canonicalization can only refuse: whatever the bytes are, their digest is what was signed.
/// A certificate is a pinned key: its issuer, its dates and its chain are not looked at.
package struct SignatureVerifier: Sendable {
    /// The most certificates that a verification is given: those of eight workspaces, or of sixty-four with one each.
    ///
    /// How many of them are tried depends on the length of their keys, see ``maximumWork``.
    package static let maximumCertificates = 64

    let certificates: [SigningCertificate]
    let policy: AlgorithmPolicy
    /// One of the certificates, which is tried before the others.
    let likely: SigningCertificate?

    /// Makes a verifier that accepts the keys of these certificates.
    package init(certificates: [SigningCertificate]) {
        self.init(certificates: certificates, policy: .standard)
    }

    /// Makes a verifier under another policy, so that tests can read messages from before SHA-2.
    init(certificates: [SigningCertificate], policy: AlgorithmPolicy, likely: SigningCertificate? = nil) {
        self.certificates = certificates
        self.policy = policy
        self.likely = likely
    }

    /// A verifier that tries one of its certificates first: whoever signed one part of a message most likely signed the next.
    package func trying(first certificate: SigningCertificate) -> SignatureVerifier {
        guard self.certificates.contains(certificate) else { return self }
        return SignatureVerifier(certificates: self.certificates, policy: self.policy, likely: certificate)
    }

    /// Whether a signature is a direct child of an element; says nothing about its validity.
    package static func hasSignature(_ element: XMLElement) -> Bool {
        element.firstChild(named: SignaturePart.signature.name) != nil
    }

    /// Verifies an element's own signature, and reads the element anew from the bytes that were signed; its document is
    /// not changed.
    package func verify(_ element: XMLElement) throws(SignatureRejection) -> VerifiedElement {
        let (signature, content) = try self.check(element)
        return VerifiedElement(
            element: try Self.reparse(content, element: element, identifier: signature.identifier),
            signature: signature
        )
    }

    /// Verifies an element's own signature where what the element says is read from elsewhere: steps 1 to 4.
    package func verifySignature(of element: XMLElement) throws(SignatureRejection) -> VerifiedSignature {
        try self.check(element).signature
    }

    private func check(
        _ element: XMLElement
    ) throws(SignatureRejection) -> (signature: VerifiedSignature, content: [UInt8]) {
        guard !self.certificates.isEmpty else { throw .noCertificate }
        guard self.certificates.count <= Self.maximumCertificates else { throw .tooManyCertificates }
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        let shape = try SignatureShape.read(in: element, policy: self.policy)
        guard self.hasKey(for: shape.signedInfo.signatureAlgorithm) else { throw .noKeyMatches }
        // First, so that a stranger's message costs no more than the canonical form of its SignedInfo.
        let certificate = try self.certificate(for: shape)
        let content = try Self.content(of: element, shape: shape)
        let signature = VerifiedSignature(
            identifier: shape.signedInfo.identifier,
            certificate: certificate,
            algorithm: shape.signedInfo.signatureAlgorithm
        )
        return (signature, content)
    }

    /// The canonical bytes of an element without its signature, whose digest is the one in SignedInfo.
    private static func content(
        of element: XMLElement,
        shape: SignatureShape
    ) throws(SignatureRejection) -> [UInt8] {
        let content = ExclusiveCanonicalization.bytes(
            of: element,
            without: shape.element,
            prefixes: shape.signedInfo.prefixes
        )
        guard let content, let digest = shape.signedInfo.digestAlgorithm.digest(content) else {
            throw .libraryFailure
        }
        guard digest == shape.signedInfo.digestValue else { throw .digestMismatch }
        return content
    }

    /// The certificate whose key made the signature's value over the canonical SignedInfo.
    private func certificate(for shape: SignatureShape) throws(SignatureRejection) -> SigningCertificate {
        let signedInfo = ExclusiveCanonicalization.bytes(
            of: shape.signedInfoElement,
            without: nil,
            prefixes: shape.signedInfo.ownPrefixes
        )
        guard let signedInfo else { throw .libraryFailure }
        let algorithm = shape.signedInfo.signatureAlgorithm
        let signer = try self.signer(of: signedInfo, value: shape.signatureValue, algorithm: algorithm)
        guard let certificate = signer else { throw .noKeyMatches }
        try self.check(signedInfo: signedInfo, shape: shape.signedInfo)
        return certificate
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
    private static func reparse(
        _ content: [UInt8],
        element: XMLElement,
        identifier: String
    ) throws(SignatureRejection) -> XMLElement {
        let root: XMLElement
        do {
            root = try XMLDocument.parse(content, limits: element.tree.limits.canonicalized).root
        } catch {
            throw .signedBytesRefused(error)
        }
        guard root.name == element.name, root.attribute("ID") == identifier else { throw .verifiedSomethingElse }
        return root
    }
}
