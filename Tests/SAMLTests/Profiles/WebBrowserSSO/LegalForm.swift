import FoundationEssentials
import SAML
import Testing

private let now = ValidExchange.now

/// A variation that identity providers send and that must be accepted.
struct LegalForm: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let apply: @Sendable (inout ValidExchange) throws -> Void

    init(_ testDescription: String, _ apply: @escaping @Sendable (inout ValidExchange) throws -> Void) {
        self.testDescription = testDescription
        self.apply = apply
    }

    static let all: [LegalForm] = [
        LegalForm("as it is") { _ in },
        LegalForm("unsigned Response without issuer, Destination and InResponseTo") {
            $0.signedParts = .assertion
            $0.header.issuer = nil
            $0.header.destination = nil
            $0.header.inResponseTo = nil
        },
        LegalForm("issuers of the entity format") {
            $0.header.issuer = Issuer("https://idp.example/saml", format: Issuer.entityFormat)
            $0.assertion.issuer = Issuer("https://idp.example/saml", format: Issuer.entityFormat)
        },
        LegalForm("two audiences in one restriction") {
            $0.changeConditions([.audienceRestriction(["https://signin.aws.amazon.com/saml", "portico"])])
        },
        LegalForm("two restrictions that both contain us") {
            $0.changeConditions([.audienceRestriction(["portico"]), .audienceRestriction(["x", "portico"])])
        },
        LegalForm("OneTimeUse and ProxyRestriction") {
            $0.changeConditions([.oneTimeUse, .proxyRestriction, .audienceRestriction(["portico"])])
        },
        LegalForm("conditions without times") { $0.changeConditions() },
        LegalForm("an assertion that is valid for a year") { $0.changeConditions(notOnOrAfter: now + 31_536_000) },
        LegalForm("a satisfied confirmation after others") {
            $0.assertion.subject = Subject(
                nameID: nil,
                confirmations: [
                    SubjectConfirmation(method: "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches", data: nil),
                    SubjectConfirmation(
                        method: SubjectConfirmation.bearer,
                        data: $0.confirmationData(recipient: "https://b.example")
                    ),
                    SubjectConfirmation(method: SubjectConfirmation.bearer, data: $0.confirmationData()),
                ]
            )
        },
        LegalForm("no NameID") {
            $0.assertion.subject = Subject(nameID: nil, confirmations: $0.assertion.subject?.confirmations ?? [])
        },
        LegalForm("a repeated attribute") { $0.assertion.attributes += $0.assertion.attributes },
        LegalForm("no attributes") { $0.assertion.attributes = [] },
        LegalForm("only the Response signed") { $0.signedParts = .response },
        LegalForm("both signed where both are wanted") { $0.signaturePolicy = .both },
        LegalForm("both signed where the Response is wanted") { $0.signaturePolicy = .response },
        LegalForm("the assertion signed where it is wanted") {
            $0.signedParts = .assertion
            $0.signaturePolicy = .assertion
        },
        LegalForm("assertion at its oldest") {
            $0.assertion.issueInstant = now - 660
            $0.header.issueInstant = now - 660
        },
        LegalForm("assertion as far ahead as the skew") { $0.assertion.issueInstant = now + 60 },
        LegalForm("NotBefore as far ahead as the skew") { $0.changeConditions(notBefore: now + 60) },
        LegalForm("NotOnOrAfter within the skew") { $0.changeConditions(notOnOrAfter: now - 59) },
        LegalForm("confirmation within the skew") {
            $0.changeConfirmation($0.confirmationData(notOnOrAfter: now - 59))
        },
        LegalForm("AuthnInstant as far ahead as the skew") {
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now + 60)]
        },
        LegalForm("authentication of last week") {
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now - 604_800)]
        },
        LegalForm("session end within the skew") {
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now, sessionNotOnOrAfter: now - 59)]
        },
    ]
}
