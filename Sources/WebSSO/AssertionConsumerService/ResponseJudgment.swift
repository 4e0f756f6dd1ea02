import FoundationEssentials
import SAML
import SAMLBindings
import Workspaces
import XMLSecurity

/// What a workspace compares a Response with: the same for one that was posted and for one that is explained.
struct ResponseJudgment {
    /// The workspace that the sign-in is for.
    let workspace: Workspace
    /// Its identity provider.
    let identityProvider: IdentityProviderConfiguration
    /// The only place where the workspace accepts responses.
    let assertionConsumerService: String
    /// The request that the Response has to answer; nil where the sign-in began at the identity provider.
    let requestID: MessageID?
    /// When that was sent; nil where nobody knows, and then a new authentication is not asked for.
    let requestedAt: Date?
    /// Whether that asked for a new authentication, whatever the workspace wants of every sign-in.
    var isConfirmation = false
    /// What encrypted assertions are tried with.
    let decryptionKeys: [DecryptionKey]
    /// The time that counts.
    let now: Date
    /// How far the identity provider's clock may be off.
    let clockSkew: Duration

    /// Checks a Response.
    ///
    /// - Throws: `ResponseRejection`, the first of the failed checks; `CertificateRejection` when a pinned certificate
    ///   cannot be read any more.
    func validate(_ received: ReceivedResponse, checks: inout ResponseCheckList) throws -> ValidatedAssertion {
        let provider = self.identityProvider
        let expectations = Expectations(
            serviceProvider: self.workspace.spIssuer,
            identityProvider: provider.issuer,
            assertionConsumerService: self.assertionConsumerService,
            requestID: self.requestID,
            authenticatedSince: provider.forceAuthn || self.isConfirmation ? self.requestedAt : nil,
            requestedAuthnContext: provider.requestedAuthnContext,
            now: self.now,
            clockSkew: self.clockSkew
        )
        return try received.validate(
            expectations,
            certificates: try CertificateMemory.shared.read(provider.certificates),
            decryptionKeys: self.decryptionKeys,
            signaturePolicy: provider.signaturePolicy,
            encryptionPolicy: provider.requireEncryption ? .required : .optional,
            checks: &checks
        )
    }
}
