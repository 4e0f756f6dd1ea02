package import FoundationEssentials
package import GatewayHTTP
package import SAML
import SAMLBindings
package import Storage
package import Workspaces
import XMLSecurity

/// Runs every check of a sign-in on a captured response, and changes nothing.
///
/// The checks are the assertion consumer service's own: the same list, told to go on after a failure where it can. What
/// only a browser could show is left out and said so: its cookie, its RelayState and where it posted to. A response that
/// is explained is not used up, so that whether it was used before is not asked either.
package struct ResponseExplainer: Sendable {
    private let configured: ConfiguredWorkspace
    private let identityProvider: IdentityProviderConfiguration
    private let site: PublicSite
    private let terms: Terms
    private let signIns: SignInStore
    private let directory: WorkspaceDirectory

    /// What the installation says about every sign-in.
    package struct Terms: Sendable {
        /// Portico's own SAML keys; empty where they cannot be opened, and then nothing is decrypted.
        let keys: [SPKeyMaterial]
        /// How far an identity provider's clock may be off.
        let clockSkew: Duration
        /// The roles of the installation.
        let catalogue: RoleCatalogue
        /// Who may register without an invitation.
        let signUpPolicy: SignUpPolicy
        /// Who manages roles, spaces and projects.
        let management: MembershipManagement

        /// Puts the terms together.
        package init(
            keys: [SPKeyMaterial],
            clockSkew: Duration,
            catalogue: RoleCatalogue,
            signUpPolicy: SignUpPolicy,
            management: MembershipManagement = MembershipManagement()
        ) {
            self.keys = keys
            self.clockSkew = clockSkew
            self.catalogue = catalogue
            self.signUpPolicy = signUpPolicy
            self.management = management
        }
    }

    /// Makes an explainer for one workspace; nil where that has no identity provider to compare with.
    ///
    /// - Parameters:
    ///   - configured: The workspace and its settings.
    ///   - site: Portico's own URLs.
    ///   - terms: What the installation says.
    ///   - signIns: Where requests and people are looked up.
    ///   - directory: Where other workspaces are looked up.
    package init?(
        configured: ConfiguredWorkspace,
        site: PublicSite,
        terms: Terms,
        signIns: SignInStore,
        directory: WorkspaceDirectory
    ) {
        guard let identityProvider = configured.identityProvider else { return nil }
        self.configured = configured
        self.identityProvider = identityProvider
        self.site = site
        self.terms = terms
        self.signIns = signIns
        self.directory = directory
    }

    /// Explains a response.
    ///
    /// - Parameters:
    ///   - samlResponse: The form field, percent-decoded.
    ///   - requestID: The request that it has to answer; nil takes the one that it names.
    ///   - now: The time that counts: when it was captured.
    /// - Returns: Every check.
    /// - Throws: `PostgreSQLError`, `StoredValueError`, or what reading a key or a certificate throws.
    package func explain(
        _ samlResponse: String,
        requestID: MessageID?,
        at now: Date
    ) async throws -> ResponseExplanation {
        var checks = ResponseCheckList(.everything)
        guard let received = HTTPPostBinding.decodeResponse(samlResponse, checks: &checks) else {
            return ResponseExplanation(checks: SignInCheck.list(checks, steps: []))
        }
        let request = try await self.request(requestID, answeredBy: received.header, at: now)
        var steps = [request.line] + self.stepsOfTheWay
        if self.identityProvider.forceAuthn, request.requestedAt == nil {
            steps.append(
                SignInCheck(
                    .response(.forcedAuthentication),
                    .notChecked(because: "nobody knows when it was asked for")
                )
            )
        }
        let judgment = ResponseJudgment(
            workspace: self.configured.workspace,
            identityProvider: self.identityProvider,
            assertionConsumerService: self.site.assertionConsumerService(of: self.configured.workspace),
            requestID: request.id,
            requestedAt: request.requestedAt,
            decryptionKeys: try OpenedSPKeys(self.terms.keys).decrypting(at: now),
            now: now,
            clockSkew: self.terms.clockSkew
        )
        do {
            let assertion = try judgment.validate(received, checks: &checks)
            steps += try await self.provisioning(assertion, intent: request.intent, now: now)
        } catch is ResponseRejection {
            // The list has it.
        }
        return ResponseExplanation(checks: SignInCheck.list(checks, steps: steps))
    }

    // MARK: - The request

    /// The request that a response is compared with, and what is known of it.
    private struct Request {
        /// nil where the sign-in began at the identity provider, and may.
        let id: MessageID?
        let requestedAt: Date?
        let intent: SignInIntent
        let line: SignInCheck
    }

    /// Stands for the request of a response that names none: equal to none that was ever made.
    private static let noRequest = MessageID("_the-request-that-it-has-to-answer")

    private func request(
        _ given: MessageID?,
        answeredBy header: ResponseHeader,
        at now: Date
    ) async throws -> Request {
        // The Response selects its request, signed or not; what an operator names can stand in for no InResponseTo.
        guard let named = header.inResponseTo else { return try await self.noRequest(given) }
        let id = given ?? named
        guard let stored = try await self.signIns.outstandingRequest(id: id) else {
            let reason =
                given == nil
                ? "the request that it names is no longer stored; --request-id says which one it has to answer, and it is"
                    + " taken for a sign-in, not a sign-up"
                : "the request is no longer stored; it is taken for a sign-in, not a sign-up"
            return Request(
                id: id,
                requestedAt: nil,
                intent: .signIn,
                line: SignInCheck(.storedRequest, .notChecked(because: reason), got: .open(id.value))
            )
        }
        guard stored.workspaceID == self.configured.workspace.id else {
            return Request(
                id: id,
                requestedAt: nil,
                intent: .signIn,
                line: SignInCheck(
                    .storedRequest,
                    refusing: .requestUnknownOrUsed,
                    wanted: "a request of this workspace",
                    got: .open("one of another workspace")
                )
            )
        }
        let waits = stored.expiresAt > now
        let wanted = "a request that waits"
        return Request(
            id: id,
            requestedAt: stored.createdAt,
            intent: stored.intent,
            line: waits
                ? SignInCheck(.storedRequest, .passed, wanted: wanted, got: .open(id.value))
                : SignInCheck(
                    .storedRequest,
                    refusing: .requestUnknownOrUsed,
                    wanted: wanted,
                    got: .open("one that ran out at \(SAMLInstant.format(stored.expiresAt))")
                )
        )
    }

    /// What a response without InResponseTo is compared with.
    private func noRequest(_ given: MessageID?) async throws -> Request {
        let got = CheckEvidence.open("none")
        let provider = self.identityProvider
        guard given == nil, provider.allowIdPInitiated, !provider.forceAuthn else {
            return Request(
                id: Self.noRequest ?? .random(),
                requestedAt: nil,
                intent: .signIn,
                line: SignInCheck(
                    .storedRequest,
                    refusing: .unsolicitedRefused,
                    wanted: "the identifier of a request",
                    got: got
                )
            )
        }
        let workspace = self.configured.workspace
        var isAddressedAlone = workspace.acsStyle == .own
        if !isAddressedAlone { isAddressedAlone = try await self.directory.hasOwnServiceProviderName(workspace) }
        let wanted = "the workspace's own assertion consumer service, or an SP issuer that no other workspace has"
        return Request(
            id: nil,
            requestedAt: nil,
            intent: .signIn,
            line: isAddressedAlone
                ? SignInCheck(.storedRequest, .passed, wanted: wanted, got: got)
                : SignInCheck(
                    .storedRequest,
                    refusing: .unsolicitedRefused,
                    wanted: wanted,
                    got: .open(workspace.spIssuer.value)
                )
        )
    }

    /// What a capture does not show, and what the settings say.
    private var stepsOfTheWay: [SignInCheck] {
        let settings: SignInCheck
        do throws(RefusalCode) {
            _ = try self.configured.signInIdentityProvider()
            settings = SignInCheck(.samlSettings, .passed, wanted: "enabled", got: .open("enabled"))
        } catch {
            settings = SignInCheck(.samlSettings, refusing: error, wanted: "enabled", got: .open("not enabled"))
        }
        return [
            SignInCheck(.browser, .notChecked(because: "a captured response comes from no browser")),
            settings,
            SignInCheck(
                .assertionConsumerService,
                .notChecked(because: "a captured response does not say where it was posted to"),
                wanted: self.site.assertionConsumerService(of: self.configured.workspace)
            ),
        ]
    }

    // MARK: - The person

    /// What the workspace would make of the person, which only a checked assertion names.
    private func provisioning(
        _ assertion: ValidatedAssertion,
        intent: SignInIntent,
        now: Date
    ) async throws -> [SignInCheck] {
        let identity: AssertedIdentity
        do throws(AssertedIdentityRejection) {
            identity = try AssertedIdentity(reading: assertion, names: self.identityProvider.attributeNames)
        } catch {
            return [.email(error)]
        }
        let facts = try await self.signIns.facts(
            WorkspaceScope(self.configured.workspace.id),
            about: identity,
            catalogue: self.terms.catalogue,
            signUpPolicy: self.terms.signUpPolicy,
            management: self.terms.management
        )
        let replay = SignInCheck(.replay, .notChecked(because: "explaining uses nothing up"))
        guard let facts else { return [.email(identity), replay] }
        let outcome = ProvisioningDecision.decide(
            identity: identity,
            facts: facts,
            intent: intent,
            catalogue: self.terms.catalogue,
            now: now
        )
        return [.email(identity), replay]
            + SignInCheck.provisioning(outcome, identity: identity, facts: facts, catalogue: self.terms.catalogue)
    }
}
