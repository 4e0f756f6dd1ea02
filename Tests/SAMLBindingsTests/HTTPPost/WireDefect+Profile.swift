import FoundationEssentials
import SAML
import SAMLTesting

private let acs = "https://gateway.example/.portico/saml/acs"
private let recipient = "Recipient=\"" + acs + "\""
private let destination = "Destination=\"" + acs + "\""
private let bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
private let inAssertion =
    "IssueInstant=\"2026-03-01T12:00:00Z\"><saml:Issuer>https://idp.example/saml</saml:Issuer><saml:Sub"

extension WireDefect {
    /// The rows D02 to D09 of the attack matrix, and the steps of behavior V that they belong to.
    static let profile: [WireDefect] = [
        WireDefect("D02 no audience restriction", .audienceMismatch) {
            $0.assertion?.conditions = Conditions(conditions: [])
        },
        WireDefect("D02 no conditions", .audienceMismatch) { $0.assertion?.conditions = nil },
        .edit("D02 another audience", .audienceMismatch, ">portico<", ">portico-b<"),
        .edit(
            "D02 a second restriction without us",
            .audienceMismatch,
            "</saml:Conditions>",
            "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        ),
        .edit("D02 white space around the audience", .audienceMismatch, ">portico<", "> portico <"),

        .edit("D03 Recipient with a slash", .recipientMismatch, recipient, "Recipient=\"\(acs)/\""),
        .edit("D03 Recipient with a query", .recipientMismatch, recipient, "Recipient=\"\(acs)?x\""),
        .edit(
            "D03 Recipient with a port",
            .recipientMismatch,
            recipient,
            "Recipient=\"https://gateway.example:443/.portico/saml/acs\""
        ),
        .edit(
            "D03 Recipient in another case",
            .recipientMismatch,
            recipient,
            "Recipient=\"https://Gateway.example/.portico/saml/acs\""
        ),
        .edit("D03 no Recipient", .recipientMismatch, " " + recipient, ""),
        .edit("D03 Destination elsewhere", .recipientMismatch, destination, "Destination=\"https://b.example/acs\""),
        .edit("D03 empty Destination", .recipientMismatch, destination, "Destination=\"\""),
        .edit(
            "D03 signed Response without Destination",
            .recipientMismatch,
            " " + destination,
            "",
            signing: .response
        ),

        .edit(
            "D04 another request in the confirmation",
            .requestUnknownOrUsed,
            recipient + " InResponseTo=\"_request\"",
            recipient + " InResponseTo=\"_other\""
        ),
        .edit(
            "D04 no request in the confirmation",
            .requestUnknownOrUsed,
            recipient + " InResponseTo=\"_request\"",
            recipient
        ),
        .edit(
            "D04 another request on the signed Response",
            .requestUnknownOrUsed,
            destination + " InResponseTo=\"_request\"",
            destination + " InResponseTo=\"_other\"",
            signing: .both
        ),

        WireDefect("D05 no confirmation", .recipientMismatch) {
            $0.assertion?.subject = Subject(nameID: NameID(value: "x"), confirmations: [])
        },
        WireDefect("D05 no subject", .recipientMismatch) { $0.assertion?.subject = nil },
        .edit(
            "D05 holder-of-key",
            .recipientMismatch,
            bearer,
            "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"
        ),
        WireDefect("D05 no confirmation data", .recipientMismatch) {
            $0.assertion?.subject = Subject(
                nameID: nil,
                confirmations: [SubjectConfirmation(method: bearer, data: nil)]
            )
        },
        .edit(
            "D05 no NotOnOrAfter in the confirmation",
            .expiredOrNotYetValid,
            "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-03-01T12:05:00Z\"",
            "<saml:SubjectConfirmationData"
        ),
        .edit(
            "D05 NotBefore in the confirmation",
            .expiredOrNotYetValid,
            "<saml:SubjectConfirmationData",
            "<saml:SubjectConfirmationData NotBefore=\"2026-03-01T11:00:00Z\""
        ),
        .edit(
            "D05 the confirmation has expired",
            .expiredOrNotYetValid,
            "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-03-01T12:05:00Z\"",
            "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-03-01T11:59:00Z\""
        ),

        .edit("D06 not yet valid", .expiredOrNotYetValid, "11:59:30Z", "12:01:01Z"),
        .edit(
            "D06 expired",
            .expiredOrNotYetValid,
            "<saml:Conditions NotBefore=\"2026-03-01T11:59:30Z\" NotOnOrAfter=\"2026-03-01T12:05:00Z\"",
            "<saml:Conditions NotBefore=\"2026-03-01T11:49:30Z\" NotOnOrAfter=\"2026-03-01T11:59:00Z\""
        ),
        .edit(
            "D06 assertion too old",
            .expiredOrNotYetValid,
            inAssertion,
            inAssertion.replacingOnce("12:00:00Z", with: "11:48:59Z")
        ),
        .edit(
            "D06 assertion from the future",
            .expiredOrNotYetValid,
            inAssertion,
            inAssertion.replacingOnce("12:00:00Z", with: "12:01:01Z")
        ),
        .edit("D06 AuthnInstant in the future", .expiredOrNotYetValid, "T11:59:55Z", "T12:01:01Z"),
        .edit(
            "D06 session over",
            .expiredOrNotYetValid,
            "<saml:AuthnStatement ",
            "<saml:AuthnStatement SessionNotOnOrAfter=\"2026-03-01T11:59:00Z\" "
        ),
        .edit("D06 30 February", .xmlInvalid, "2026-03-01T11:59:30Z", "2026-02-30T11:59:30Z"),
        .edit("D06 an offset", .xmlInvalid, "2026-03-01T11:59:30Z", "2026-03-01T11:59:30+14:00"),
        .edit("D06 no time zone", .xmlInvalid, "2026-03-01T11:59:30Z", "2026-03-01T11:59:30"),
        .edit("D06 a leap second", .xmlInvalid, "2026-03-01T11:59:30Z", "2026-03-01T11:59:60Z"),
        .edit("D06 an empty instant", .xmlInvalid, "2026-03-01T11:59:30Z", ""),

        WireDefect("D07 unknown condition", .xmlInvalid) {
            $0.assertion?.conditions = Conditions(
                conditions: [.audienceRestriction(["portico"]), .unknown("x:Other")])
        },
        .edit(
            "D07 condition of another vocabulary",
            .xmlInvalid,
            "</saml:Conditions>",
            "<x:Other xmlns:x=\"urn:x\"/></saml:Conditions>"
        ),

        WireDefect("D08 Responder", .statusNotSuccess) {
            $0.header.status = Status(
                code: "urn:oasis:names:tc:SAML:2.0:status:Responder",
                subordinateCode: "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
                message: "<no>"
            )
        },
        WireDefect("D08 Responder without assertion, unsigned", .statusNotSuccess, signing: .nothing) {
            $0.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder")
            $0.assertion = nil
        },
        WireDefect("D08 nested Success", .statusNotSuccess) {
            $0.header.status = Status(
                code: "urn:oasis:names:tc:SAML:2.0:status:Requester",
                subordinateCode: Status.success
            )
        },
        WireDefect("D08 Success without assertion", .xmlInvalid, signing: .response) { $0.assertion = nil },

        WireDefect("D09 another assertion issuer", .issuerMismatch) {
            $0.assertion?.issuer = Issuer("https://b.example/saml")
        },
        WireDefect("D09 another Response issuer", .issuerMismatch) {
            $0.header.issuer = Issuer("https://b.example/saml")
        },
        WireDefect("D09 assertion issuer of another format", .issuerMismatch) {
            $0.assertion?.issuer = Issuer(
                "https://idp.example/saml",
                format: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
            )
        },
        WireDefect("D09 white space around the issuer", .issuerMismatch) {
            $0.assertion?.issuer = Issuer("\n https://idp.example/saml \n")
        },
        WireDefect("D09 another case", .issuerMismatch) {
            $0.assertion?.issuer = Issuer("HTTPS://idp.example/saml")
        },
        WireDefect("D09 signed Response without issuer", .issuerMismatch, signing: .response) {
            $0.header.issuer = nil
        },
        .edit(
            "D09 no assertion issuer",
            .xmlInvalid,
            "Z\"><saml:Issuer>https://idp.example/saml</saml:Issuer><saml:Sub",
            "Z\"><saml:Sub"
        ),

        WireDefect("no AuthnStatement", .authnContextRefused) { $0.assertion?.authnStatements = [] },
        WireDefect("two AuthnStatements", .authnContextRefused) {
            let statements = $0.assertion?.authnStatements ?? []
            $0.assertion?.authnStatements += statements
        },
    ]
}

extension String {
    /// The text with one part changed.
    fileprivate func replacingOnce(_ text: String, with replacement: String) -> String {
        guard let range = self.firstRange(of: text) else { return self }
        return self[..<range.lowerBound] + replacement + self[range.upperBound...]
    }
}
