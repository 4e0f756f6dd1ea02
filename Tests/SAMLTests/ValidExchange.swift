import FoundationEssentials
import SAML

/// A Response, its assertion and what is expected of them: everything is right until a test changes one thing.
struct ValidExchange {
    static let now = instant("2026-03-01T12:00:00Z")

    var expectations: Expectations
    var header: ResponseHeader
    var assertion: Assertion
    var signedParts = SignedParts.responseAndAssertion
    var signaturePolicy = SignaturePolicy.either

    init() throws {
        let identityProvider = try entity("https://idp.example/saml")
        let serviceProvider = try entity("portico")
        let acs = "https://gateway.example/.portico/saml/acs"
        let request = try identifier("_request")
        self.expectations = Expectations(
            serviceProvider: serviceProvider,
            identityProvider: identityProvider,
            assertionConsumerService: acs,
            requestID: request,
            now: Self.now,
            clockSkew: .seconds(60)
        )
        self.header = ResponseHeader(
            id: try identifier("_response"),
            issueInstant: Self.now,
            inResponseTo: request,
            destination: acs,
            issuer: Issuer(identityProvider.value),
            status: Status(code: Status.success)
        )
        self.assertion = Assertion(
            id: try identifier("_assertion"),
            issueInstant: Self.now,
            issuer: Issuer(identityProvider.value),
            subject: Subject(
                nameID: NameID(value: "ann", format: NameID.transientFormat),
                confirmations: [
                    SubjectConfirmation(
                        method: SubjectConfirmation.bearer,
                        data: SubjectConfirmationData(
                            notOnOrAfter: Self.now + 300,
                            recipient: acs,
                            inResponseTo: request.value
                        )
                    )
                ]
            ),
            conditions: Conditions(
                notBefore: Self.now,
                notOnOrAfter: Self.now + 300,
                conditions: [.audienceRestriction([serviceProvider.value])]
            ),
            authnStatements: [AuthnStatement(authnInstant: Self.now - 30, sessionIndex: "_session")],
            attributes: [Attribute(name: "email", texts: ["ann@company-a.example"])]
        )
    }

    /// Runs the profile as `SAMLBindings` does.
    func validate() throws(ResponseRejection) -> ValidatedAssertion {
        let profile = WebBrowserSSOProfile(self.expectations, signaturePolicy: self.signaturePolicy)
        try profile.checkClaims(self.header)
        try profile.checkClaims(assertionIssuer: self.assertion.issuer)
        return try profile.validate(
            self.assertion,
            in: self.header,
            signedParts: self.signedParts,
            certificateFingerprint: "AB:CD"
        )
    }
}

extension ValidExchange {
    /// Names another class of authentication.
    mutating func changeClass(_ classRef: String?) {
        self.assertion.authnStatements = [
            AuthnStatement(authnInstant: Self.now - 30, authnContextClassRef: classRef)
        ]
    }

    /// The data of the first confirmation, to be changed.
    mutating func changeConfirmation(_ data: SubjectConfirmationData?, method: String = SubjectConfirmation.bearer) {
        self.assertion.subject = Subject(
            nameID: self.assertion.subject?.nameID,
            confirmations: [SubjectConfirmation(method: method, data: data)]
        )
    }

    /// The data that satisfies the expectations.
    func confirmationData(
        notBefore: Date? = nil,
        notOnOrAfter: Date? = ValidExchange.now + 300,
        recipient: String?? = nil,
        inResponseTo: String?? = nil
    ) -> SubjectConfirmationData {
        SubjectConfirmationData(
            notBefore: notBefore,
            notOnOrAfter: notOnOrAfter,
            recipient: recipient ?? self.expectations.assertionConsumerService,
            inResponseTo: inResponseTo ?? self.expectations.requestID?.value
        )
    }

    /// Replaces the conditions.
    mutating func changeConditions(
        notBefore: Date? = nil,
        notOnOrAfter: Date? = nil,
        _ conditions: [Condition] = [.audienceRestriction(["portico"])]
    ) {
        self.assertion.conditions = Conditions(
            notBefore: notBefore,
            notOnOrAfter: notOnOrAfter,
            conditions: conditions
        )
    }
}

/// An entity that the tests name correctly.
func entity(_ value: String) throws -> EntityID {
    guard let entity = EntityID(value) else { throw MistakeInTheTest(text: value) }
    return entity
}

/// An identifier that the tests write correctly.
func identifier(_ value: String) throws -> MessageID {
    guard let identifier = MessageID(value) else { throw MistakeInTheTest(text: value) }
    return identifier
}

/// An instant that the tests write correctly; the distant past shows a mistake at once.
func instant(_ text: String) -> Date {
    SAMLInstant.parse(text) ?? .distantPast
}

struct MistakeInTheTest: Error {
    let text: String
}
