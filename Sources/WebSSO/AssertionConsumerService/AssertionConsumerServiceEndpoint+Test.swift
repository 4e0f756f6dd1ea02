import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces

/// Responses that answer a test sign-in (behavior T7).
///
///     the test's browser, RelayState, time                 as for a sign-in
///     who began it                                         still an administrator, or still on the visit
///     every check, told to go on after a failure           under the version of the settings that is tried
///     who would come in                                    decided as for a sign-in, and written nowhere
///     the result                                           one transaction; the assertion is used up
///
/// Nothing here knows how to make a session.
extension AssertionConsumerServiceEndpoint {
    /// Ends a test, and leads the browser back to the settings.
    func conclude(
        _ test: SignInTest,
        _ posted: PostedResponse,
        _ headers: HTTPFields,
        context: GatewayRequestContext,
        at url: String
    ) async throws -> Response {
        let scope = WorkspaceScope(test.request.workspaceID)
        let browserKey = self.site.cookies.browserKey(in: headers).flatMap { BrowserKey(cookieValue: $0) }
        let isOwnBrowser = browserKey?.hash == test.request.browserHash
        guard let configured = try await self.service.directory.configuredWorkspace(scope) else {
            throw GatewayError(.requestUnknownOrUsed)
        }
        try self.service.admit(configured.workspace)
        do throws(RefusalCode) {
            let relayState = posted.relayState(for: configured.workspace.companyID)
            try test.request.check(browserHash: browserKey?.hash, relayState: relayState, now: self.service.now())
        } catch {
            throw try await self.refused(test, error, ending: isOwnBrowser, context)
        }
        let catalogue = self.service.configuration.catalogue
        guard try await self.service.tests.isOwned(test, catalogue: catalogue, now: self.service.now()) else {
            throw try await self.refused(test, .requestUnknownOrUsed, ending: true, context)
        }
        let trial = try await self.trial(test, posted, configured, at: url)
        let now = self.service.now()
        let requestID = context.requestID
        let result = try await self.service.tests.finish(
            test,
            assertion: trial.assertion,
            now: now,
            event: { Self.event($0, of: test).naming(requestID) },
            conclude: { isNew in trial.result(isNew: isNew, at: now) }
        )
        guard result != nil else { throw try await self.refused(test, .requestUnknownOrUsed, ending: false, context) }
        let page = ForwardingPage(
            title: "The test is done",
            words: "Nobody was signed in and nothing was changed.",
            link: "See the result",
            url: self.site.testResultPath + "?id=" + test.request.id.value
        )
        return self.service.pages.response(page: self.service.pages.forwarding(page))
    }

    /// Writes down that a response cannot be the test's.
    private func refused(
        _ test: SignInTest,
        _ code: RefusalCode,
        ending: Bool,
        _ context: GatewayRequestContext
    ) async throws -> GatewayError {
        let now = self.service.now()
        self.service.limiter.recordFailure(context.client, now: now)
        let event = AuditEvent(
            time: now,
            workspaceID: test.request.workspaceID,
            actor: .identityProvider,
            action: .signInTested,
            outcome: .refused(code),
            detail: ["version": "\(test.version)"]
        )
        try await self.service.tests.refuse(test, ending: ending, event: event.naming(context.requestID), now: now)
        return GatewayError(code)
    }

    private static func event(_ result: SignInTestResult, of test: SignInTest) -> AuditEvent {
        let detail = [
            "version": "\(test.version)", "check": result.refusal?.name.identifier, "role": result.person?.role,
        ]
        return AuditEvent(
            time: result.finishedAt,
            workspaceID: test.request.workspaceID,
            actor: .identityProvider,
            action: .signInTested,
            email: result.person?.email,
            outcome: result.refusal?.code.map { .refused($0) } ?? .done,
            detail: detail.compactMapValues { $0 }
        )
    }

    // MARK: - The trial

    /// Judges a response by the settings that are tried.
    private func trial(
        _ test: SignInTest,
        _ posted: PostedResponse,
        _ configured: ConfiguredWorkspace,
        at url: String
    ) async throws -> SignInTrial {
        var tried = test.settings.applied(to: configured)
        // Whether it is switched on is not what is tried.
        tried.identityProvider?.enabled = true
        let wantedURL = self.site.assertionConsumerService(of: tried.workspace)
        let isRightURL = url.utf8.elementsEqual(wantedURL.utf8)
        var steps = [
            SignInCheck(.storedRequest, .passed, wanted: "a test that waits", got: .open(test.request.id.value)),
            SignInCheck(.browser, .passed),
            SignInCheck(.samlSettings, .passed, wanted: "version \(test.version) of the settings"),
            isRightURL
                ? SignInCheck(.assertionConsumerService, .passed, wanted: wantedURL, got: .open(url))
                : SignInCheck(
                    .assertionConsumerService,
                    refusing: .recipientMismatch,
                    wanted: wantedURL,
                    got: .open(url)
                ),
        ]
        var checks = ResponseCheckList(.everything)
        let now = self.service.now()
        guard let received = HTTPPostBinding.decodeResponse(posted.samlResponse, checks: &checks) else {
            return SignInTrial(checks: checks, steps: steps)
        }
        let judgment = ResponseJudgment(
            workspace: tried.workspace,
            identityProvider: test.settings.identityProvider,
            assertionConsumerService: wantedURL,
            requestID: test.request.id,
            requestedAt: test.request.createdAt,
            decryptionKeys: try self.service.openedKeys.decrypting(at: now),
            now: now,
            clockSkew: self.service.configuration.clockSkew
        )
        let assertion: ValidatedAssertion
        do {
            assertion = try judgment.validate(received, checks: &checks)
        } catch is ResponseRejection {
            // The list has it.
            return SignInTrial(checks: checks, steps: steps)
        }
        let identity: AssertedIdentity
        do throws(AssertedIdentityRejection) {
            identity = try AssertedIdentity(reading: assertion, names: test.settings.identityProvider.attributeNames)
        } catch {
            return SignInTrial(checks: checks, steps: steps + [.email(error)], assertion: assertion)
        }
        steps.append(.email(identity))
        let configuration = self.service.configuration
        var facts = try await self.service.signIns.facts(
            WorkspaceScope(test.request.workspaceID),
            about: identity,
            catalogue: configuration.catalogue,
            signUpPolicy: configuration.signUpPolicy,
            management: configuration.management
        )
        facts?.configured = tried
        guard let facts else { return SignInTrial(checks: checks, steps: steps, assertion: assertion) }
        let outcome = ProvisioningDecision.decide(
            identity: identity,
            facts: facts,
            intent: test.request.intent,
            catalogue: configuration.catalogue,
            now: now
        )
        steps += SignInCheck.provisioning(
            outcome,
            identity: identity,
            facts: facts,
            catalogue: configuration.catalogue
        )
        return SignInTrial(checks: checks, steps: steps, assertion: assertion, outcome: outcome)
    }
}
