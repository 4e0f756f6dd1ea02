package import SAML
package import XMLSecurity

/// A logout message that is well-formed and of the grammar, and that nobody has verified.
///
/// Its claims select the workspace, or the stored request, whose certificates then decide. It holds a C tree, so it stays
/// in the task that decoded it.
package struct ReceivedLogoutMessage {
    /// What a logout message is.
    package enum Kind: Hashable, Sendable {
        /// A request of the identity provider's.
        case request
        /// The answer to a request of ours.
        case response
    }

    /// What the message is.
    package let kind: Kind
    /// Who the message claims to be from.
    package let claimedIssuer: Issuer
    /// The request that a response claims to answer.
    package let claimedInResponseTo: MessageID?
    /// The RelayState, to be sent back unchanged with the answer to a request.
    package let relayState: String?

    private let document: XMLDocument
    private let signature: DetachedSignature?

    /// Checks the structure of a parsed message and reads its claims.
    ///
    /// - Parameters:
    ///   - document: The message.
    ///   - kind: What it must be.
    ///   - relayState: What came with it.
    ///   - signature: The signature beside it; nil when its own signature shall be verified.
    /// - Throws: `xmlInvalid`.
    init(
        _ document: XMLDocument,
        kind: Kind,
        relayState: String?,
        signature: DetachedSignature?
    ) throws(ResponseRejection) {
        let root = document.root
        let name = kind == .request ? "LogoutRequest" : "LogoutResponse"
        guard root.isNamed(.protocols(name)) else {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutGrammar", wanted: name, got: root.name.localName)
        }
        try ResponseGrammar.check(root)
        // saml-bindings 3.4.4.1: by HTTP-Redirect a signature on the message itself must be removed.
        guard signature == nil || !SignatureVerifier.hasSignature(root) else {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutGrammar", wanted: "one signature", got: "two")
        }
        self.kind = kind
        self.claimedIssuer = try LogoutReader.issuer(of: root)
        self.claimedInResponseTo = kind == .response ? try root.messageID("InResponseTo") : nil
        self.relayState = relayState
        self.document = document
        self.signature = signature
    }

    /// Whether a signature came with the message, whoever made it.
    package var isSigned: Bool { self.signature != nil || SignatureVerifier.hasSignature(self.document.root) }

    /// Verifies a request and applies every rule of the Single Logout profile.
    ///
    /// - Parameters:
    ///   - expectations: What the workspace says.
    ///   - certificates: The certificates of every workspace that the request may be for; at most
    ///     ``XMLSecurity/SignatureVerifier/maximumCertificates``. It counts for those that pin the key that verified it.
    /// - Throws: The rejection of the first check that fails; `xmlInvalid` for a response.
    /// - Returns: The request, which is new only when the store has not seen it.
    package func validateRequest(
        _ expectations: LogoutExpectations,
        certificates: [SigningCertificate]
    ) throws(ResponseRejection) -> ValidatedLogoutRequest {
        let profile = SingleLogoutProfile(expectations)
        let (element, certificate) = try self.verified(.request, profile, certificates)
        return try profile.validate(
            try LogoutReader.request(element),
            certificateFingerprint: certificate.sha256Fingerprint
        )
    }

    /// Verifies a response and applies every rule of the Single Logout profile.
    ///
    /// - Parameters:
    ///   - expectations: What the workspace says.
    ///   - requestID: The stored request that it must answer.
    ///   - certificates: The workspace's certificates; none of another workspace's is tried.
    /// - Throws: The rejection of the first check that fails; `xmlInvalid` for a request.
    /// - Returns: What the identity provider did.
    package func validateResponse(
        _ expectations: LogoutExpectations,
        requestID: MessageID,
        certificates: [SigningCertificate]
    ) throws(ResponseRejection) -> Status {
        let profile = SingleLogoutProfile(expectations)
        let (element, _) = try self.verified(.response, profile, certificates)
        return try profile.validate(try LogoutReader.response(element), requestID: requestID)
    }

    /// The message as its signature covers it: the bytes beside the signature, or those whose digest is in it; and the
    /// certificate whose key made the signature.
    private func verified(
        _ kind: Kind,
        _ profile: SingleLogoutProfile,
        _ certificates: [SigningCertificate]
    ) throws(ResponseRejection) -> (XMLElement, SigningCertificate) {
        guard self.kind == kind else {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutGrammar", wanted: "\(kind)", got: "\(self.kind)")
        }
        try profile.checkClaims(self.claimedIssuer)
        let verifier = SignatureVerifier(certificates: certificates)
        guard let signature = self.signature else {
            let verified = try verifier.verified(self.document.root)
            try ResponseGrammar.check(verified.element)
            return (verified.element, verified.signature.certificate)
        }
        return (self.document.root, try signature.verify(verifier))
    }
}
