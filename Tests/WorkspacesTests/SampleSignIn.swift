import FoundationEssentials
import SAML
import Testing
import Workspaces

/// A sign-in at the workspace `company-a`, valid until a test changes something about it.
struct SampleSignIn {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    var attributes: [Attribute] = [Attribute(name: "email", texts: ["ann@company-a.example"])]
    var issuedAt = Self.now
    var nameID = NameID(value: "ann@company-a.example")
    var workspace: Workspace
    var domains: [EmailDomain]
    var membership: Membership?
    var user: UserRegistration
    var otherActiveAdmins = 1
    var activeMembers = 5
    var signUpPolicy = SignUpPolicy.open
    var groups = GroupFacts()
    var invitedUser: UserID?
    var intent = SignInIntent.signIn
    var catalogue = RoleCatalogue.standard

    init() throws {
        self.workspace = Workspace(
            id: WorkspaceID.random(),
            companyID: try #require(CompanyID("company-a")),
            name: "Company A",
            spIssuer: try #require(EntityID("portico")),
            defaultRole: .role(try #require(Role("LABELER")))
        )
        self.domains = [try #require(EmailDomain("company-a.example"))]
        self.user = .unregistered(newID: .random())
    }

    /// Gives the assertion a `roles` attribute with these values.
    mutating func assertRoles(_ values: [String]) {
        self.attributes.append(Attribute(name: "roles", texts: values))
    }

    /// Gives the assertion a `groups` attribute with these values.
    mutating func assertGroups(_ values: [String]) {
        self.attributes.append(Attribute(name: "groups", texts: values))
    }

    /// Makes the person a member.
    mutating func join(
        _ state: MembershipState,
        role: String?,
        source: RoleSource = .manual,
        isOwner: Bool = false,
        invitedAt: Date? = nil,
        lastAssertionIssuedAt: Date? = nil
    ) throws {
        let userID = UserID.random()
        self.user = .registered(userID)
        self.membership = Membership(
            userID: userID,
            email: try #require(Email("ann@company-a.example")),
            displayName: "Ann",
            state: state,
            role: try role.map { try #require(Role($0)) },
            roleSource: source,
            isOwner: isOwner,
            invitedAt: invitedAt,
            lastAssertionIssuedAt: lastAssertionIssuedAt,
            authzVersion: 7
        )
    }

    /// The assertion, made by the profile from a valid message.
    func validatedAssertion() throws -> ValidatedAssertion {
        try Self.validate(attributes: self.attributes, nameID: self.nameID, issuedAt: self.issuedAt)
    }

    /// The person that the assertion names.
    func identity() throws -> AssertedIdentity {
        try AssertedIdentity(reading: try self.validatedAssertion(), names: AttributeNames())
    }

    func facts() -> SignInFacts {
        SignInFacts(
            configured: ConfiguredWorkspace(
                workspace: self.workspace,
                identityProvider: nil,
                domains: self.domains
            ),
            membership: self.membership,
            user: self.user,
            otherActiveAdmins: self.otherActiveAdmins,
            activeMembers: self.activeMembers,
            signUpPolicy: self.signUpPolicy,
            groups: self.groups,
            invitedUser: self.invitedUser
        )
    }

    func decide() throws -> ProvisioningOutcome {
        ProvisioningDecision.decide(
            identity: try self.identity(),
            facts: self.facts(),
            intent: self.intent,
            catalogue: self.catalogue,
            now: Self.now
        )
    }

    static func validate(attributes: [Attribute], nameID: NameID, issuedAt: Date) throws -> ValidatedAssertion {
        let identityProvider = try #require(EntityID("https://idp.example/metadata"))
        let requestID = try #require(MessageID("_request"))
        let acs = "https://portico.example/.portico/saml/acs"
        let expectations = Expectations(
            serviceProvider: try #require(EntityID("portico")),
            identityProvider: identityProvider,
            assertionConsumerService: acs,
            requestID: requestID,
            now: issuedAt
        )
        let assertion = Assertion(
            id: try #require(MessageID("_assertion")),
            issueInstant: issuedAt,
            issuer: Issuer(identityProvider.value),
            subject: Subject(
                nameID: nameID,
                confirmations: [
                    SubjectConfirmation(
                        method: SubjectConfirmation.bearer,
                        data: SubjectConfirmationData(
                            notOnOrAfter: issuedAt.addingTimeInterval(300),
                            recipient: acs,
                            inResponseTo: requestID.value
                        )
                    )
                ]
            ),
            conditions: Conditions(
                notOnOrAfter: issuedAt.addingTimeInterval(300),
                conditions: [.audienceRestriction(["portico"])]
            ),
            authnStatements: [AuthnStatement(authnInstant: issuedAt)],
            attributes: attributes
        )
        let header = ResponseHeader(
            id: try #require(MessageID("_response")),
            issueInstant: issuedAt,
            inResponseTo: requestID,
            destination: acs,
            issuer: Issuer(identityProvider.value),
            status: Status(code: Status.success)
        )
        return try WebBrowserSSOProfile(expectations, signaturePolicy: .either)
            .validate(assertion, in: header, signedParts: .assertion, certificateFingerprint: "AB:CD")
    }
}
