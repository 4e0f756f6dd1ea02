import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

/// A gateway that takes part in single logout, and an identity provider that it trusts.
struct LogoutExchange {
    let identityProvider: TestIdentityProvider
    var expectations: LogoutExpectations
    let request: LogoutRequest
    let response: LogoutResponse
    let requestID: MessageID

    private static let shared = Result {
        try [SigningKey.Kind.p256, .rsa(bits: 2048), .p521].map { try TestIdentityProvider(key: $0) }
    }

    // The key 0 is P-256, 1 RSA, 2 P-521.
    init(key: Int = 0) throws {
        let now = try #require(SAMLInstant.parse("2026-03-01T12:00:00Z"))
        let endpoint = "https://gateway.example/.portico/saml/slo"
        self.identityProvider = try Self.shared.get()[key]
        let issuer = Issuer(self.identityProvider.entityID.value)
        self.requestID = try #require(MessageID("_request"))
        self.expectations = LogoutExpectations(
            identityProvider: self.identityProvider.entityID,
            singleLogoutService: endpoint,
            now: now
        )
        self.request = LogoutRequest(
            id: try #require(MessageID("_logout")),
            issueInstant: now,
            destination: endpoint,
            issuer: issuer,
            notOnOrAfter: now + 300,
            nameID: NameID(
                value: "<ann>&\u{e9}",
                format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                nameQualifier: "https://idp.example",
                spNameQualifier: "portico"
            ),
            sessionIndexes: ["_s1", "_s2"]
        )
        self.response = LogoutResponse(
            id: try #require(MessageID("_answer")),
            issueInstant: now,
            inResponseTo: self.requestID,
            destination: endpoint,
            issuer: issuer,
            status: Status(
                code: Status.success,
                subordinateCode: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout",
                message: "two of <three>"
            )
        )
    }

    var signer: MessageSigner {
        MessageSigner(key: self.identityProvider.key, certificate: self.identityProvider.certificate)
    }

    /// The query with which the identity provider sends its request.
    func query(relayState: String? = "r s/t") throws -> String {
        let url = try HTTPRedirectBinding.url(for: self.request, relayState: relayState, signer: self.signer)
        return String(try #require(url.split(separator: "?", maxSplits: 1).last))
    }

    /// A query with these parameters, signed over what stands before the signature.
    func sign(_ parameters: String) throws -> String {
        let algorithm = "http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23ecdsa-sha256"
        let octets = parameters + "&SigAlg=" + algorithm
        let value = try self.identityProvider.key.sign(Array(octets.utf8), digest: .sha256)
        let escaped = StrictBase64.encode(value).replacing("+", with: "%2B").replacing("/", with: "%2F")
            .replacing("=", with: "%3D")
        return octets + "&Signature=" + escaped
    }

    /// What the gateway makes of a query that claims to be a request.
    func receive(query: String) throws(ResponseRejection) -> ValidatedLogoutRequest {
        try HTTPRedirectBinding.decodeLogout(query: query)
            .validateRequest(self.expectations, certificates: [self.identityProvider.certificate])
    }

    /// What the gateway makes of a posted request.
    func receive(xml: String) throws(ResponseRejection) -> ValidatedLogoutRequest {
        try HTTPPostBinding.decodeLogout(TestIdentityProvider.formField(xml), kind: .request, relayState: nil)
            .validateRequest(self.expectations, certificates: [self.identityProvider.certificate])
    }

    /// The posted request, as text.
    func xml(signed: Bool = true, edit: (String) throws -> String = { $0 }) throws -> String {
        let form = try HTTPPostBinding.form(for: self.request, relayState: nil, signer: self.signer)
        let field = try #require(form.fields.first?.value)
        let text = String(decoding: try #require(StrictBase64.decode(field)), as: UTF8.self)
        guard let start = text.firstRange(of: "<ds:Signature")?.lowerBound,
            let end = text.firstRange(of: "</ds:Signature>")?.upperBound
        else { return text }
        let edited = try edit(String(text[..<start] + text[end...]))
        guard signed else { return edited }
        let bytes = try XMLSigner.sign(Array(edited.utf8), elementID: "_logout", key: self.identityProvider.key)
        return String(decoding: bytes, as: UTF8.self)
    }
}
