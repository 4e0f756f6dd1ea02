import FoundationEssentials
import SAML
import SAMLTesting
import Testing

/// A form that identity providers in the field send and that must be accepted.
struct LegalWireForm: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let signing: ResponseDraft.Signing
    let apply: @Sendable (inout ResponseDraft) throws -> Void

    init(
        _ testDescription: String,
        signing: ResponseDraft.Signing = .assertion,
        _ apply: @escaping @Sendable (inout ResponseDraft) throws -> Void
    ) {
        self.testDescription = testDescription
        self.signing = signing
        self.apply = apply
    }

    static let all: [LegalWireForm] = [
        LegalWireForm("Response without issuer, only the assertion signed") { $0.header.issuer = nil },
        LegalWireForm("Response without Destination, only the assertion signed") { $0.header.destination = nil },
        LegalWireForm("two audiences in one restriction") {
            $0.replace("<saml:Audience>", with: "<saml:Audience>urn:aws</saml:Audience><saml:Audience>")
        },
        LegalWireForm("several confirmations of which one satisfies") {
            $0.replace(
                "<saml:SubjectConfirmation Method",
                with: "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/>"
                    + "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
                    + "<saml:SubjectConfirmationData Recipient=\"https://b.example\"/></saml:SubjectConfirmation>"
                    + "<saml:SubjectConfirmation Method"
            )
        },
        LegalWireForm("no NameID") {
            let confirmations = $0.assertion?.subject?.confirmations ?? []
            $0.assertion?.subject = Subject(nameID: nil, confirmations: confirmations)
        },
        LegalWireForm("fractions of a second") {
            $0.replace("IssueInstant=\"2026-03-01T12:00:00Z\"", with: "IssueInstant=\"2026-03-01T11:59:59.987654321Z\"")
        },
        LegalWireForm("white space between elements", signing: .both) {
            $0.replace("<saml:Subject>", with: "\n  <saml:Subject>\n\t ")
        },
        LegalWireForm("issuers of the entity format", signing: .both) {
            $0.header.issuer = Issuer("https://idp.example/saml", format: Issuer.entityFormat)
            $0.assertion?.issuer = Issuer("https://idp.example/saml", format: Issuer.entityFormat)
        },
        LegalWireForm("Consent, Address, SubjectLocality, AuthenticatingAuthority") {
            $0.replace(" Version=\"2.0\"", with: " Version=\"2.0\" Consent=\"urn:x\"")
            $0.replace("<saml:SubjectConfirmationData ", with: "<saml:SubjectConfirmationData Address=\"192.0.2.1\" ")
            $0.replace("<saml:AuthnContext>", with: "<saml:SubjectLocality Address=\"192.0.2.1\"/><saml:AuthnContext>")
            $0.replace(
                "</saml:AuthnContext>",
                with: "<saml:AuthenticatingAuthority>x</saml:AuthenticatingAuthority></saml:AuthnContext>"
            )
        },
        LegalWireForm("OneTimeUse and ProxyRestriction") {
            $0.replace(
                "</saml:Conditions>",
                with: "<saml:OneTimeUse/><saml:ProxyRestriction Count=\"0\"/></saml:Conditions>"
            )
        },
        LegalWireForm("foreign attributes on an Attribute") {
            $0.replace("<saml:Attribute ", with: "<saml:Attribute xmlns:x=\"urn:x\" x:Encoding=\"LDAP\" ")
        },
        LegalWireForm("an empty AttributeStatement") {
            $0.replace("<saml:AttributeStatement>", with: "<saml:AttributeStatement/><saml:AttributeStatement>")
        },
        LegalWireForm("a status message", signing: .response) {
            $0.header.status = Status(code: Status.success, message: "welcome")
        },
    ]
}
