import FoundationEssentials
import SAML
import SAMLTesting
import Testing
import XMLSecurity

/// One thing wrong with a valid Response, and the line of the list that tells it.
struct CheckDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rule: ResponseCheck.Rule
    let code: ResponseRejection.Code
    let wanted: String
    let got: String
    let responsible: ResponsibleParty
    var signing = ResponseDraft.Signing.assertion
    var encryptionPolicy = EncryptionPolicy.optional
    /// Changes what is expected, once the message is made.
    var expect: @Sendable (inout Exchange) throws -> Void = { _ in }
    /// Changes the message before it is signed.
    var apply: @Sendable (inout ResponseDraft) throws -> Void = { _ in }
    /// Changes the signed message.
    var alter: @Sendable (String) throws -> String = { $0 }

    static let all: [CheckDefect] = forms + claims + signatures + contents

    private static let acs = "https://gateway.example/.portico/saml/acs"
    private static let issuer = "https://idp.example/saml"

    private static let forms: [CheckDefect] = [
        CheckDefect(
            testDescription: "a document type",
            rule: .document,
            code: .xmlInvalid,
            wanted: "strict XML",
            got: "document type",
            responsible: .identityProviderAdministrator,
            alter: { "<!DOCTYPE x>" + $0 }
        ),
        CheckDefect(
            testDescription: "an extension",
            rule: .structure,
            code: .xmlInvalid,
            wanted: "Status",
            got: "/Response",
            responsible: .identityProviderAdministrator,
            apply: { $0.replace("<samlp:Status>", with: "<samlp:Extensions/><samlp:Status>") }
        ),
        CheckDefect(
            testDescription: "an assertion that is not encrypted",
            rule: .encryptionPolicy,
            code: .decryptionFailed,
            wanted: "an assertion that is encrypted",
            got: "one that is not",
            responsible: .identityProviderAdministrator,
            encryptionPolicy: .required
        ),
    ]

    private static let claims: [CheckDefect] = [
        CheckDefect(
            testDescription: "a failure",
            rule: .claimedStatus,
            code: .statusNotSuccess,
            wanted: Status.success,
            got: "Responder",
            responsible: .identityProviderAdministrator,
            apply: { $0.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder") }
        ),
        CheckDefect(
            testDescription: "a Response of another issuer",
            rule: .claimedResponseIssuer,
            code: .issuerMismatch,
            wanted: issuer,
            got: "https://b.example",
            responsible: .workspaceAdministrator,
            apply: { $0.header.issuer = Issuer("https://b.example") }
        ),
        CheckDefect(
            testDescription: "an assertion of another issuer",
            rule: .claimedAssertionIssuer,
            code: .issuerMismatch,
            wanted: issuer,
            got: "https://b.example",
            responsible: .workspaceAdministrator,
            apply: { $0.assertion?.issuer = Issuer("https://b.example") }
        ),
        CheckDefect(
            testDescription: "a success without an assertion",
            rule: .claimedAssertionIssuer,
            code: .xmlInvalid,
            wanted: "one Assertion",
            got: "none",
            responsible: .identityProviderAdministrator,
            signing: .response,
            apply: { $0.assertion = nil }
        ),
    ]

    private static let signatures: [CheckDefect] = [
        CheckDefect(
            testDescription: "a signed Response that was changed",
            rule: .responseSignature,
            code: .signatureInvalid,
            wanted: "a pinned certificate",
            got: "changed after it was signed",
            responsible: .identityProviderAdministrator,
            signing: .response,
            alter: { try replacing("ann@company-a.example", with: "eve@company-a.example", in: $0) }
        ),
        CheckDefect(
            testDescription: "encrypted to somebody else",
            rule: .decryption,
            code: .decryptionFailed,
            wanted: "an assertion encrypted to a certificate of the service provider",
            got: "could not be decrypted",
            responsible: .identityProviderAdministrator,
            apply: { $0.encryption = AssertionEncryption(for: try EncryptedExchange.others()[0].certificate) }
        ),
        CheckDefect(
            testDescription: "encrypted to us, who have no key",
            rule: .decryption,
            code: .decryptionFailed,
            wanted: "from one to 2 decryption keys",
            got: "no key to decrypt with",
            responsible: .operator,
            expect: { $0.decryptionKeys = [] },
            apply: { $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate) }
        ),
        CheckDefect(
            testDescription: "no signature",
            rule: .assertionSignature,
            code: .signatureInvalid,
            wanted: "a pinned certificate",
            got: "no signature",
            responsible: .identityProviderAdministrator,
            signing: .nothing
        ),
        CheckDefect(
            testDescription: "a signature with another key",
            rule: .assertionSignature,
            code: .signatureInvalid,
            wanted: "a pinned certificate",
            got: "not made with the key of any configured certificate",
            responsible: .workspaceAdministrator,
            expect: { $0.certificates = [try Exchange.stranger().certificate] }
        ),
        CheckDefect(
            testDescription: "a day that there is not",
            rule: .signedContent,
            code: .xmlInvalid,
            wanted: "an instant in UTC",
            got: "2026-02-30T11:59:30Z",
            responsible: .identityProviderAdministrator,
            apply: { $0.replace("2026-03-01T11:59:30Z", with: "2026-02-30T11:59:30Z") }
        ),
    ]

    private static let contents: [CheckDefect] = [
        CheckDefect(
            testDescription: "a signed Response without an issuer",
            rule: .responseIssuer,
            code: .issuerMismatch,
            wanted: issuer,
            got: "",
            responsible: .identityProviderAdministrator,
            signing: .response,
            apply: { $0.header.issuer = nil }
        ),
        CheckDefect(
            testDescription: "an encrypted assertion of another issuer",
            rule: .assertionIssuer,
            code: .issuerMismatch,
            wanted: issuer,
            got: "https://b.example",
            responsible: .workspaceAdministrator,
            apply: {
                $0.assertion?.issuer = Issuer("https://b.example")
                $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
            }
        ),
        CheckDefect(
            testDescription: "too little signed",
            rule: .signaturePolicy,
            code: .signatureInvalid,
            wanted: "both",
            got: "assertion",
            responsible: .identityProviderAdministrator,
            expect: { $0.signaturePolicy = .both }
        ),
        CheckDefect(
            testDescription: "another Destination",
            rule: .destination,
            code: .recipientMismatch,
            wanted: acs,
            got: "https://b.example/acs",
            responsible: .identityProviderAdministrator,
            apply: { $0.header.destination = "https://b.example/acs" }
        ),
        CheckDefect(
            testDescription: "another audience",
            rule: .audience,
            code: .audienceMismatch,
            wanted: "portico",
            got: "portico-b",
            responsible: .identityProviderAdministrator,
            apply: { $0.assertion?.conditions = Conditions(conditions: [.audienceRestriction(["portico-b"])]) }
        ),
        CheckDefect(
            testDescription: "an old Response",
            rule: .responseAge,
            code: .expiredOrNotYetValid,
            wanted: "the ten minutes before 2026-03-01T12:00:00Z",
            got: "2026-03-01T11:00:00Z",
            responsible: .identityProviderAdministrator,
            apply: { $0.header.issueInstant -= 3600 }
        ),
        CheckDefect(
            testDescription: "an old assertion",
            rule: .assertionAge,
            code: .expiredOrNotYetValid,
            wanted: "the ten minutes before 2026-03-01T12:00:00Z",
            got: "2026-03-01T11:00:00Z",
            responsible: .identityProviderAdministrator,
            apply: { $0.assertion?.issueInstant -= 3600 }
        ),
        CheckDefect(
            testDescription: "conditions that are over",
            rule: .conditions,
            code: .expiredOrNotYetValid,
            wanted: "NotOnOrAfter after 2026-03-01T12:00:00Z",
            got: "2026-03-01T11:00:00Z",
            responsible: .identityProviderAdministrator,
            apply: {
                let conditions = $0.assertion?.conditions
                $0.assertion?.conditions = Conditions(
                    notOnOrAfter: $0.header.issueInstant - 3600,
                    conditions: conditions?.conditions ?? []
                )
            }
        ),
        CheckDefect(
            testDescription: "another Recipient",
            rule: .bearerConfirmation,
            code: .recipientMismatch,
            wanted: acs,
            got: "https://b.example/acs",
            responsible: .identityProviderAdministrator,
            apply: { $0.replace("Recipient=\"\(acs)\"", with: "Recipient=\"https://b.example/acs\"") }
        ),
        CheckDefect(
            testDescription: "another request",
            rule: .inResponseTo,
            code: .requestUnknownOrUsed,
            wanted: "_request",
            got: "_other",
            responsible: .member,
            apply: { $0.header.inResponseTo = MessageID("_other") }
        ),
        CheckDefect(
            testDescription: "no AuthnStatement",
            rule: .authnStatement,
            code: .authnContextRefused,
            wanted: "one AuthnStatement",
            got: "0",
            responsible: .identityProviderAdministrator,
            apply: { $0.assertion?.authnStatements = [] }
        ),
        CheckDefect(
            testDescription: "an authentication from before the request",
            rule: .forcedAuthentication,
            code: .authnContextRefused,
            wanted: "AuthnInstant at or after 2026-03-01T13:00:00Z",
            got: "2026-03-01T11:59:55Z",
            responsible: .identityProviderAdministrator,
            expect: { $0.expectations.authenticatedSince = $0.expectations.now + 3600 }
        ),
        CheckDefect(
            testDescription: "a weaker class of authentication than is wanted",
            rule: .authnContext,
            code: .authnContextRefused,
            wanted: "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken https://refeds.org/profile/mfa",
            got: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
            responsible: .identityProviderAdministrator,
            expect: {
                $0.expectations.requestedAuthnContext = RequestedAuthnContext([
                    "TimeSyncToken", "https://refeds.org/profile/mfa",
                ])
            }
        ),
    ]
}
