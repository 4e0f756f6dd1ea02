import FoundationEssentials
import SAML

private let now = ValidExchange.now

extension ProfileDefect {
    /// Every defect, by the rule that must find it.
    static var all: [ProfileDefect] {
        self.status + self.issuer + self.signaturePolicy + self.destination + self.audience + self.lifetime
            + self.conditions + self.confirmation + self.inResponseTo + self.authnStatement
    }

    private static let status: [ProfileDefect] = [
        ProfileDefect("status Responder", .statusNotSuccess, "StatusRule") {
            $0.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder")
        },
        ProfileDefect("Success below Responder", .statusNotSuccess, "StatusRule") {
            $0.header.status = Status(
                code: "urn:oasis:names:tc:SAML:2.0:status:Responder",
                subordinateCode: Status.success
            )
        },
        ProfileDefect("empty status", .statusNotSuccess, "StatusRule") { $0.header.status = Status(code: "") },
        ProfileDefect("Success with a space", .statusNotSuccess, "StatusRule") {
            $0.header.status = Status(code: Status.success + " ")
        },
    ]

    private static let issuer: [ProfileDefect] = [
        ProfileDefect("another Response issuer", .issuerMismatch, "IssuerRule") {
            $0.header.issuer = Issuer("https://other.example/saml")
        },
        ProfileDefect("another assertion issuer", .issuerMismatch, "IssuerRule") {
            $0.assertion.issuer = Issuer("https://other.example/saml")
        },
        ProfileDefect("assertion issuer in another case", .issuerMismatch, "IssuerRule") {
            $0.assertion.issuer = Issuer("https://IDP.example/saml")
        },
        ProfileDefect("assertion issuer with a trailing slash", .issuerMismatch, "IssuerRule") {
            $0.assertion.issuer = Issuer("https://idp.example/saml/")
        },
        ProfileDefect("assertion issuer with white space", .issuerMismatch, "IssuerRule") {
            $0.assertion.issuer = Issuer(" https://idp.example/saml\n")
        },
        ProfileDefect("empty assertion issuer", .issuerMismatch, "IssuerRule") { $0.assertion.issuer = Issuer("") },
        ProfileDefect("Response issuer of a persistent format", .issuerMismatch, "IssuerRule") {
            $0.header.issuer = Issuer(
                "https://idp.example/saml",
                format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
            )
        },
        ProfileDefect("assertion issuer of a persistent format", .issuerMismatch, "IssuerRule") {
            $0.assertion.issuer = Issuer(
                "https://idp.example/saml",
                format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
            )
        },
        ProfileDefect("signed Response without issuer", .issuerMismatch, "IssuerRule") { $0.header.issuer = nil },
    ]

    private static let signaturePolicy: [ProfileDefect] = [
        ProfileDefect("only the Response signed, assertion wanted", .signatureInvalid, "SignaturePolicyRule") {
            $0.signedParts = .response
            $0.signaturePolicy = .assertion
        },
        ProfileDefect("only the assertion signed, Response wanted", .signatureInvalid, "SignaturePolicyRule") {
            $0.signedParts = .assertion
            $0.signaturePolicy = .response
        },
        ProfileDefect("only the Response signed, both wanted", .signatureInvalid, "SignaturePolicyRule") {
            $0.signedParts = .response
            $0.signaturePolicy = .both
        },
        ProfileDefect("only the assertion signed, both wanted", .signatureInvalid, "SignaturePolicyRule") {
            $0.signedParts = .assertion
            $0.signaturePolicy = .both
        },
    ]

    private static let destination: [ProfileDefect] = [
        ProfileDefect("signed Response without Destination", .recipientMismatch, "DestinationRule") {
            $0.header.destination = nil
        },
        ProfileDefect("empty Destination", .recipientMismatch, "DestinationRule") { $0.header.destination = "" },
        ProfileDefect("Destination elsewhere on an unsigned Response", .recipientMismatch, "DestinationRule") {
            $0.signedParts = .assertion
            $0.header.destination = "https://gateway.example/.portico/saml/company-b/acs"
        },
        ProfileDefect("Destination with a trailing slash", .recipientMismatch, "DestinationRule") {
            $0.header.destination = $0.expectations.assertionConsumerService + "/"
        },
        ProfileDefect("Destination with a query", .recipientMismatch, "DestinationRule") {
            $0.header.destination = $0.expectations.assertionConsumerService + "?x"
        },
        ProfileDefect("Destination with a port", .recipientMismatch, "DestinationRule") {
            $0.header.destination = "https://gateway.example:443/.portico/saml/acs"
        },
        ProfileDefect("Destination in another case", .recipientMismatch, "DestinationRule") {
            $0.header.destination = "https://GATEWAY.example/.portico/saml/acs"
        },
    ]

    private static let audience: [ProfileDefect] = [
        ProfileDefect("no conditions", .audienceMismatch, "AudienceRestrictionRule") { $0.assertion.conditions = nil },
        ProfileDefect("no audience restriction", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.oneTimeUse])
        },
        ProfileDefect("another audience", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction(["other"])])
        },
        ProfileDefect("an audience that begins with ours", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction(["portico-b"])])
        },
        ProfileDefect("an audience that ends with ours", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction(["https://other.example/portico"])])
        },
        ProfileDefect("our audience in another case", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction(["Portico"])])
        },
        ProfileDefect("our audience with white space", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction([" portico "])])
        },
        ProfileDefect("a second restriction without us", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction(["portico"]), .audienceRestriction(["other"])])
        },
        ProfileDefect("an empty restriction", .audienceMismatch, "AudienceRestrictionRule") {
            $0.changeConditions([.audienceRestriction([])])
        },
    ]

    private static let lifetime: [ProfileDefect] = [
        ProfileDefect("assertion older than ten minutes and the skew", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.assertion.issueInstant = now - 661
        },
        ProfileDefect("assertion from the future", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.assertion.issueInstant = now + 61
        },
        ProfileDefect("Response older than ten minutes and the skew", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.header.issueInstant = now - 661
        },
        ProfileDefect("Response from the future", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.header.issueInstant = now + 61
        },
        ProfileDefect("a skew above three minutes is not granted", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.expectations.clockSkew = .seconds(3600)
            $0.assertion.issueInstant = now + 181
        },
        ProfileDefect("a negative skew is none", .expiredOrNotYetValid, "MessageLifetimeRule") {
            $0.expectations.clockSkew = .seconds(-3600)
            $0.assertion.issueInstant = now + 1
        },
    ]

    private static let conditions: [ProfileDefect] = [
        ProfileDefect("an unknown condition", .xmlInvalid, "ConditionsRule") {
            $0.changeConditions([.audienceRestriction(["portico"]), .unknown("del:DelegationRestrictionType")])
        },
        ProfileDefect("NotBefore a second too late", .expiredOrNotYetValid, "ConditionsRule") {
            $0.changeConditions(notBefore: now + 61)
        },
        ProfileDefect("NotOnOrAfter reached", .expiredOrNotYetValid, "ConditionsRule") {
            $0.changeConditions(notOnOrAfter: now - 60)
        },
    ]

    private static let confirmation: [ProfileDefect] = [
        ProfileDefect("no subject", .recipientMismatch, "BearerConfirmationRule") { $0.assertion.subject = nil },
        ProfileDefect("no confirmation", .recipientMismatch, "BearerConfirmationRule") {
            $0.assertion.subject = Subject(nameID: NameID(value: "ann"), confirmations: [])
        },
        ProfileDefect("holder-of-key only", .recipientMismatch, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(), method: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")
        },
        ProfileDefect("no confirmation data", .recipientMismatch, "BearerConfirmationRule") {
            $0.changeConfirmation(nil)
        },
        ProfileDefect("no Recipient", .recipientMismatch, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(recipient: .some(nil)))
        },
        ProfileDefect("another Recipient", .recipientMismatch, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(recipient: "https://gateway.example/.portico/saml/b/acs"))
        },
        ProfileDefect("Recipient with a trailing slash", .recipientMismatch, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(recipient: "https://gateway.example/.portico/saml/acs/"))
        },
        ProfileDefect("NotBefore in the confirmation", .expiredOrNotYetValid, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(notBefore: now - 300))
        },
        ProfileDefect("no NotOnOrAfter in the confirmation", .expiredOrNotYetValid, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(notOnOrAfter: nil))
        },
        ProfileDefect("NotOnOrAfter of the confirmation reached", .expiredOrNotYetValid, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(notOnOrAfter: now - 60))
        },
        ProfileDefect("no InResponseTo in the confirmation", .requestUnknownOrUsed, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(inResponseTo: .some(nil)))
        },
        ProfileDefect("another InResponseTo in the confirmation", .requestUnknownOrUsed, "BearerConfirmationRule") {
            $0.changeConfirmation($0.confirmationData(inResponseTo: "_other"))
        },
        ProfileDefect("two confirmations, each half right", .requestUnknownOrUsed, "BearerConfirmationRule") {
            $0.assertion.subject = Subject(
                nameID: nil,
                confirmations: [
                    SubjectConfirmation(
                        method: SubjectConfirmation.bearer,
                        data: $0.confirmationData(inResponseTo: "_other")
                    ),
                    SubjectConfirmation(
                        method: SubjectConfirmation.bearer,
                        data: $0.confirmationData(recipient: "https://b.example")
                    ),
                ]
            )
        },
    ]

    private static let inResponseTo: [ProfileDefect] = [
        ProfileDefect("another InResponseTo on the Response", .requestUnknownOrUsed, "InResponseToRule") {
            $0.header.inResponseTo = try identifier("_other")
        },
        ProfileDefect("another InResponseTo on an unsigned Response", .requestUnknownOrUsed, "InResponseToRule") {
            $0.signedParts = .assertion
            $0.header.inResponseTo = try identifier("_other")
        },
        ProfileDefect("signed Response without InResponseTo", .requestUnknownOrUsed, "InResponseToRule") {
            $0.header.inResponseTo = nil
        },
    ]

    private static let authnStatement: [ProfileDefect] = [
        ProfileDefect("no AuthnStatement", .authnContextRefused, "AuthnStatementRule") {
            $0.assertion.authnStatements = []
        },
        ProfileDefect("two AuthnStatements", .authnContextRefused, "AuthnStatementRule") {
            $0.assertion.authnStatements += $0.assertion.authnStatements
        },
        ProfileDefect("AuthnInstant in the future", .expiredOrNotYetValid, "AuthnStatementRule") {
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now + 61)]
        },
        ProfileDefect("session over", .expiredOrNotYetValid, "AuthnStatementRule") {
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now, sessionNotOnOrAfter: now - 60)]
        },
        ProfileDefect("D14: an older authentication than was asked for", .authnContextRefused, "ForceAuthnRule") {
            $0.expectations.authenticatedSince = now
            $0.assertion.authnStatements = [AuthnStatement(authnInstant: now - 62)]
        },
        ProfileDefect("D14: no class where one is wanted", .authnContextRefused, "AuthnContextRule") {
            $0.expectations.requestedAuthnContext = RequestedAuthnContext(["TimeSyncToken"])
        },
        ProfileDefect("D14: a weaker class than is wanted", .authnContextRefused, "AuthnContextRule") {
            $0.expectations.requestedAuthnContext = RequestedAuthnContext(["TimeSyncToken", "urn:example:mfa"])
            $0.changeClass("urn:oasis:names:tc:SAML:2.0:ac:classes:Password")
        },
        ProfileDefect("D14: a class that begins like the one that is wanted", .authnContextRefused, "AuthnContextRule")
        {
            $0.expectations.requestedAuthnContext = RequestedAuthnContext(["Password"])
            $0.changeClass("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")
        },
        ProfileDefect("D14: the class that is wanted in capitals", .authnContextRefused, "AuthnContextRule") {
            $0.expectations.requestedAuthnContext = RequestedAuthnContext(["Password"])
            $0.changeClass("URN:OASIS:NAMES:TC:SAML:2.0:AC:CLASSES:PASSWORD")
        },
        ProfileDefect("D14: a class in a response that nobody asked for", .authnContextRefused, "AuthnContextRule") {
            $0.expectations.requestedAuthnContext = RequestedAuthnContext(["TimeSyncToken"])
            $0.expectations.requestID = nil
            $0.header.inResponseTo = nil
            $0.changeConfirmation(
                SubjectConfirmationData(
                    notOnOrAfter: now + 300,
                    recipient: $0.expectations.assertionConsumerService
                )
            )
            $0.changeClass("urn:oasis:names:tc:SAML:2.0:ac:classes:Password")
        },
    ]
}
