package import SAML

extension SignInCheck {
    /// What is checked.
    package enum Name: Hashable, Sendable {
        /// A rule of the Response.
        case response(ResponseCheck.Rule)
        /// A step around it.
        case step(SignInStep)
    }
}

extension SignInCheck.Name: CaseIterable {
    /// Everything that is checked, in its order: the form of the message, the request that it answers, what it says, and
    /// what the workspace makes of it.
    package static let allCases: [SignInCheck.Name] =
        [ResponseCheck.Rule.encoding, .document, .structure].map { .response($0) }
        + Self.requestSteps.map { .step($0) }
        + ResponseCheck.Rule.allCases.dropFirst(3).map { .response($0) }
        + SignInStep.allCases.dropFirst(Self.requestSteps.count).map { .step($0) }

    /// The steps that come before anything is read from the Response but its request.
    private static let requestSteps: [SignInStep] = [
        .storedRequest, .browser, .samlSettings, .assertionConsumerService,
    ]

    /// Restores a name from a record; nil for one that this version does not know.
    package init?(identifier: String) {
        guard let name = Self.allCases.first(where: { $0.identifier == identifier }) else { return nil }
        self = name
    }

    /// The name in records and in JSON.
    package var identifier: String {
        switch self {
        case .response(let rule): rule.rawValue
        case .step(let step): step.rawValue
        }
    }

    /// The name for people.
    package var title: String {
        switch self {
        case .response(let rule): Self.title(rule)
        case .step(let step): Self.title(step)
        }
    }

    private static func title(_ rule: ResponseCheck.Rule) -> String {
        switch rule {
        case .encoding: "base64"
        case .document: "XML"
        case .structure: "form of the Response"
        case .encryptionPolicy: "encryption that is wanted"
        case .claimedStatus: "status, as it came"
        case .claimedResponseIssuer: "issuer of the Response, as it came"
        case .claimedAssertionIssuer: "issuer of the assertion, as it came"
        case .responseSignature: "signature of the Response"
        case .decryption: "decryption"
        case .assertionSignature: "signature over the assertion"
        case .signedContent: "content that is signed"
        case .status: "status"
        case .responseIssuer: "issuer of the Response"
        case .assertionIssuer: "issuer of the assertion"
        case .signaturePolicy: "signatures that are wanted"
        case .destination: "Destination"
        case .audience: "audience"
        case .responseAge: "age of the Response"
        case .assertionAge: "age of the assertion"
        case .conditions: "conditions"
        case .bearerConfirmation: "bearer confirmation"
        case .inResponseTo: "InResponseTo"
        case .authnStatement: "AuthnStatement"
        case .forcedAuthentication: "new authentication"
        case .authnContext: "class of authentication"
        }
    }

    private static func title(_ step: SignInStep) -> String {
        switch step {
        case .storedRequest: "request that it answers"
        case .browser: "browser and RelayState"
        case .samlSettings: "SAML settings of the workspace"
        case .assertionConsumerService: "address it was posted to"
        case .email: "e-mail address"
        case .replay: "used before"
        case .emailDomain: "domain of the address"
        case .roles: "roles"
        case .membership: "membership"
        case .seat: "seat"
        }
    }
}
