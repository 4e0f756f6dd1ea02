import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import Storage
import Workspaces

/// The two ends of a sign-in: the session, or the record of why there is none.
extension AssertionConsumerServiceEndpoint {
    /// Hands a checked assertion to the store and answers with the session's cookie and the way to the application.
    func complete(
        _ bound: BoundSignIn,
        assertion: ValidatedAssertion,
        checks: ResponseCheckList,
        request: Request,
        context: GatewayRequestContext
    ) async throws -> Response {
        let identity: AssertedIdentity
        do throws(AssertedIdentityRejection) {
            identity = try AssertedIdentity(reading: assertion, names: bound.identityProvider.attributeNames)
        } catch {
            throw RefusedSignIn(error, assertion: assertion, bound.progress)
        }
        let configuration = self.service.configuration
        let result = try await self.service.signIns.complete(
            bound.origin,
            identity: identity,
            terms: SignInTerms(
                catalogue: configuration.catalogue,
                signUpPolicy: configuration.signUpPolicy,
                management: configuration.management,
                sessionLimits: configuration.sessionLimits,
                requestID: context.requestID,
                now: self.service.now()
            ),
            checks: checks
        )
        switch result {
        case .refused(let code):
            // The store has written it down, in the transaction that refused.
            self.service.limiter.recordFailure(context.client, now: self.service.now())
            throw GatewayError(code)
        case .signedIn(_, let token):
            try await self.service.sessions.end(request.headers)
            return Response(
                status: .seeOther,
                headers: [
                    .location: bound.origin.returnPath.value,
                    .setCookie: self.service.pages.site.cookies.settingSession(token.cookieValue),
                ]
            )
        }
    }

    /// Writes a refusal down that the store has not seen.
    ///
    /// It stands in the workspace's log when the response led to one, in the operator's otherwise. Nothing else is
    /// written, but that the browser's own request is used up (rulings 2).
    func record(_ refused: RefusedSignIn, checks: ResponseCheckList, context: GatewayRequestContext) async throws {
        let now = self.service.now()
        let event = AuditEvent(
            time: now,
            workspaceID: refused.progress.workspaceID,
            actor: .identityProvider,
            action: .signIn,
            outcome: .refused(refused.code),
            detail: refused.detail
        )
        .naming(context.requestID)
        let list = SignInCheck.list(checks, steps: refused.steps)
        let failed = list.first { $0.code != nil }?.kept
        let attempt = SignInAttempt(
            requestID: context.requestID,
            occurredAt: now,
            code: refused.code,
            rule: refused.rule,
            wanted: failed?.wanted,
            got: failed?.got?.text,
            checks: list,
            findings: refused.findings
        )
        guard let workspaceID = refused.progress.workspaceID else {
            return try await self.service.recordForOperator(event, attempt: attempt, context)
        }
        try await self.service.signIns.refuse(
            WorkspaceScope(workspaceID),
            consuming: refused.progress.consumedRequest,
            attempt: attempt,
            event: event
        )
    }
}
