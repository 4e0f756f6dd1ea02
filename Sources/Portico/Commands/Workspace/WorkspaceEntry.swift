import SAML
import Workspaces

/// One workspace as a file wants it; what the file does not say stays as it is (rulings 18).
struct WorkspaceEntry: Sendable {
    /// The identity provider as a file wants it.
    struct IdentityProvider: Sendable {
        let signInURL: String?
        let issuer: String?
        let certificates: [PinnedCertificate]?
        let attributes: AttributeNameSyntax?
        let signaturePolicy: SignaturePolicy?
        let signRequests: Bool?
        let requestBinding: RequestBinding?
        let forceAuthn: Bool?
        let requireEncryption: Bool?
        let sloURL: String?
        let sloBinding: RequestBinding?
        let sloResponseURL: String?
        let allowIdPInitiated: Bool?
        let enabled: Bool
    }

    let companyID: String
    let owner: String?
    let domains: [String]
    let settings: WorkspaceChange
    let identityProvider: IdentityProvider?

    /// The workspace to make where there is none.
    var draft: WorkspaceDraft {
        WorkspaceDraft(companyID: self.companyID, owner: self.owner, settings: self.settings)
    }

    /// The change to the SAML configuration; nil where the file says nothing of it.
    func samlChange(of current: IdentityProviderConfiguration?) -> SAMLConfigurationChange? {
        self.identityProvider.map { wanted in
            SAMLConfigurationChange(
                signInURL: wanted.signInURL,
                issuer: wanted.issuer,
                certificates: wanted.certificates,
                attributeNames: wanted.attributes?.applied(to: current?.attributeNames ?? AttributeNames()),
                signaturePolicy: wanted.signaturePolicy,
                signRequests: wanted.signRequests,
                requestBinding: wanted.requestBinding,
                forceAuthn: wanted.forceAuthn,
                requireEncryption: wanted.requireEncryption,
                sloURL: wanted.sloURL,
                sloBinding: wanted.sloBinding,
                sloResponseURL: wanted.sloResponseURL,
                allowIdPInitiated: wanted.allowIdPInitiated
            )
        }
    }
}
