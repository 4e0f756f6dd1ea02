import Foundation
import GatewayHTTP
import SAML
import Workspaces
import XMLSecurity

/// A workspace's SAML configuration as `saml show` writes it: what to give to the identity provider, and what it gave.
struct SAMLDocument: Encodable {
    /// A pinned certificate.
    struct Certificate: Encodable {
        let subject: String
        let key: String
        let sha256Fingerprint: String
        let notAfter: Date
    }

    /// The names of the attributes.
    struct Attributes: Encodable {
        let email: String
        let displayName: String
        let firstName: String
        let lastName: String
        let groups: String
        let groupValues: String
        let roles: String
    }

    let enabled: Bool
    let spIssuer: String
    let acsStyle: String
    let acsURL: String?
    let metadataURL: String?
    let signInURL: String?
    let issuer: String?
    let certificates: [Certificate]
    let idpMetadata: MetadataStatus?
    let attributes: Attributes
    let signaturePolicy: String?
    let signRequests: Bool
    let requestBinding: String
    let forceAuthn: Bool
    let authnContext: [String]
    let nameIDPolicy: String
    let sendLoginHint: Bool
    let requireEncryption: Bool
    let singleLogoutURL: String?
    let sloURL: String?
    let sloBinding: String?
    let sloResponseURL: String?
    let allowIDPInitiated: Bool
    let rolesMode: String
    let rolesFirstSeenAt: Date?

    init(_ configured: ConfiguredWorkspace, metadata: MetadataRefreshState, site: PublicSite?) {
        let workspace = configured.workspace
        let identityProvider = configured.identityProvider
        let names = identityProvider?.attributeNames ?? AttributeNames()
        self.enabled = identityProvider?.enabled ?? false
        self.spIssuer = workspace.spIssuer.value
        self.acsStyle = workspace.acsStyle.rawValue
        self.acsURL = site?.assertionConsumerService(of: workspace)
        self.metadataURL = site?.metadataURL(of: workspace)
        self.signInURL = identityProvider?.signInURL
        self.issuer = identityProvider?.issuer.value
        self.certificates = (identityProvider?.certificates ?? [])
            .map { pinned in
                let certificate = try? SigningCertificate(der: pinned.der)
                return Certificate(
                    subject: certificate?.subject ?? "unreadable",
                    key: certificate?.keyDescription ?? "unreadable",
                    sha256Fingerprint: pinned.sha256Fingerprint,
                    notAfter: pinned.notAfter
                )
            }
        self.idpMetadata = identityProvider.flatMap { MetadataStatus(metadata, of: $0) }
        self.attributes = Attributes(
            email: names.email,
            displayName: names.displayName,
            firstName: names.firstName,
            lastName: names.lastName,
            groups: names.groups,
            groupValues: names.groupValues.rawValue,
            roles: names.roles
        )
        self.signaturePolicy = identityProvider?.signaturePolicy.rawValue
        self.signRequests = identityProvider?.signRequests ?? false
        self.requestBinding = (identityProvider?.requestBinding ?? .redirect).rawValue
        self.forceAuthn = identityProvider?.forceAuthn ?? false
        self.authnContext = identityProvider?.requestedAuthnContext?.classRefs ?? []
        self.nameIDPolicy = (identityProvider?.nameIDPolicy ?? .any).rawValue
        self.sendLoginHint = identityProvider?.sendLoginHint ?? false
        self.requireEncryption = identityProvider?.requireEncryption ?? false
        self.singleLogoutURL = site?.singleLogoutService(of: workspace)
        self.sloURL = identityProvider?.singleLogout?.url
        self.sloBinding = identityProvider?.singleLogout?.binding.rawValue
        self.sloResponseURL = identityProvider?.singleLogout?.responseURL
        self.allowIDPInitiated = identityProvider?.allowIdPInitiated ?? false
        self.rolesMode = workspace.rolesMode.rawValue
        self.rolesFirstSeenAt = workspace.rolesFirstSeenAt
    }

    /// The document for people: first what goes to the identity provider, then what came from it.
    var fields: [(name: String, value: String)] {
        let unset = "not configured"
        var fields = [
            ("SAML", self.enabled ? "enabled" : "disabled"),
            ("SP sign-in URL", self.acsURL ?? "set PORTICO_PUBLIC_URL to see it"),
            ("SP issuer", self.spIssuer),
            ("SP logout URL", self.singleLogoutURL ?? "set PORTICO_PUBLIC_URL to see it"),
            ("SP metadata", self.metadataURL ?? "set PORTICO_PUBLIC_URL to see it"),
            ("IdP sign-in URL", self.signInURL ?? unset),
            ("IdP issuer", self.issuer ?? unset),
        ]
        for certificate in self.certificates {
            let end = certificate.notAfter.formatted(.iso8601)
            fields.append(("certificate", "\(certificate.subject), \(certificate.key), until \(end)"))
            fields.append(("  SHA-256", certificate.sha256Fingerprint))
        }
        fields += self.idpMetadata?.fields ?? []
        let names = "email=\(self.attributes.email), roles=\(self.attributes.roles), groups=\(self.attributes.groups)"
        fields.append(("attributes", names))
        fields.append(("signature policy", self.signaturePolicy ?? unset))
        let signed = self.signRequests ? "signed" : "not signed"
        let forced = self.forceAuthn ? ", authentication anew each time" : ""
        fields.append(("requests", "\(signed), by \(self.requestBinding)\(forced)"))
        let hint = self.sendLoginHint ? ", login_hint as Subject" : ""
        fields.append(("  ask for", "NameID \(self.nameIDPolicy)\(hint)"))
        for classRef in self.authnContext { fields.append(("authentication must be", classRef)) }
        fields.append(("encryption", self.requireEncryption ? "required" : "accepted"))
        let answers = self.sloResponseURL.map { ", answers to \($0)" } ?? ""
        fields.append(
            ("IdP logout URL", self.sloURL.map { "\($0), by \(self.sloBinding ?? "")\(answers)" } ?? unset)
        )
        fields.append(("sign-in begun at the IdP", self.allowIDPInitiated ? "allowed" : "refused"))
        let latch = self.rolesFirstSeenAt.map { ", first seen \($0.formatted(.iso8601))" } ?? ""
        fields.append(("roles mode", self.rolesMode + latch))
        return fields
    }
}
