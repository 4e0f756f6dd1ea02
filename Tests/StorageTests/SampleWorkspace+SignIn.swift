import Foundation
import SAML
import Storage
import Testing
import Workspaces

/// People who sign in.
extension SampleWorkspace {
    /// The terms of a sign-in.
    static func terms(
        now: Date = Self.now,
        signUpPolicy: SignUpPolicy = .open,
        management: MembershipManagement = MembershipManagement()
    ) -> SignInTerms {
        SignInTerms(
            catalogue: .standard,
            signUpPolicy: signUpPolicy,
            management: management,
            sessionLimits: SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3_600)),
            requestID: .random(),
            now: now
        )
    }

    /// Stores a request as a browser's first step does.
    func begin(
        intent: SignInIntent = .signIn,
        replacing: SessionTokenHash? = nil
    ) async throws -> OutstandingRequest {
        let request = OutstandingRequest.begin(
            workspaceID: self.id,
            intent: intent,
            returnPath: ReturnPath("/projects?id=1"),
            browserHash: BrowserKey.random().hash,
            now: Self.now
        )
        try await self.signIns.begin(request, replacing: replacing)
        return request
    }

    /// The person that a fresh, valid assertion names.
    func identity(
        _ localPart: String,
        roles: [String]? = nil,
        groups: [String]? = nil,
        assertionID: MessageID = .random(),
        issuedAt: Date = Self.now
    ) throws -> AssertedIdentity {
        var attributes = [Attribute(name: "email", texts: ["\(localPart)@\(self.domain)"])]
        attributes.append(Attribute(name: "displayName", texts: [localPart.capitalized]))
        if let roles {
            attributes.append(Attribute(name: "roles", texts: roles))
        }
        if let groups {
            attributes.append(Attribute(name: "groups", texts: groups))
        }
        let assertion = try Self.validate(id: assertionID, attributes: attributes, issuedAt: issuedAt)
        return try AssertedIdentity(reading: assertion, names: AttributeNames())
    }

    /// Signs a person in from the beginning to the end.
    func signIn(
        _ localPart: String,
        roles: [String]? = nil,
        groups: [String]? = nil,
        management: MembershipManagement = MembershipManagement(),
        intent: SignInIntent = .signIn,
        now: Date = Self.now,
        replacing: SessionTokenHash? = nil
    ) async throws -> SignInResult {
        let request = try await self.begin(intent: intent, replacing: replacing)
        return try await self.signIns.complete(
            .request(request),
            identity: try self.identity(localPart, roles: roles, groups: groups, issuedAt: now),
            terms: Self.terms(now: now, management: management)
        )
    }

    /// Signs a person in who is expected to succeed.
    func session(of localPart: String, role: String = "LABELER") async throws -> Session {
        let result = try await self.signIn(localPart, roles: ["\(self.companyID)_\(role)"])
        return try #require(result.session)
    }

    /// A checked assertion, made by the profile from a valid message.
    private static func validate(
        id: MessageID,
        attributes: [Attribute],
        issuedAt: Date
    ) throws -> ValidatedAssertion {
        let identityProvider = try #require(EntityID(Self.issuer))
        let requestID = try #require(MessageID("_request"))
        let acs = "https://portico.example/.portico/saml/acs"
        let expectations = Expectations(
            serviceProvider: try #require(EntityID("portico")),
            identityProvider: identityProvider,
            assertionConsumerService: acs,
            requestID: requestID,
            now: issuedAt
        )
        let confirmation = SubjectConfirmation(
            method: SubjectConfirmation.bearer,
            data: SubjectConfirmationData(
                notOnOrAfter: issuedAt.addingTimeInterval(300),
                recipient: acs,
                inResponseTo: requestID.value
            )
        )
        let assertion = Assertion(
            id: id,
            issueInstant: issuedAt,
            issuer: Issuer(identityProvider.value),
            subject: Subject(nameID: NameID(value: "name-id"), confirmations: [confirmation]),
            conditions: Conditions(
                notOnOrAfter: issuedAt.addingTimeInterval(300),
                conditions: [.audienceRestriction(["portico"])]
            ),
            authnStatements: [AuthnStatement(authnInstant: issuedAt)],
            attributes: attributes
        )
        let header = ResponseHeader(
            id: .random(),
            issueInstant: issuedAt,
            inResponseTo: requestID,
            destination: acs,
            issuer: Issuer(identityProvider.value),
            status: Status(code: Status.success)
        )
        return try WebBrowserSSOProfile(expectations, signaturePolicy: .either)
            .validate(assertion, in: header, signedParts: .assertion, certificateFingerprint: Self.fingerprint)
    }
}

extension SignInResult {
    /// The session, of a sign-in that succeeded.
    var session: Session? {
        guard case .signedIn(let session, _) = self else {
            return nil
        }
        return session
    }

    /// The reason, of a sign-in that did not.
    var refusal: RefusalCode? {
        guard case .refused(let code) = self else {
            return nil
        }
        return code
    }
}
