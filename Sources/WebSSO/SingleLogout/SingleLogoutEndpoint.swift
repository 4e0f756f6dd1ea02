import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces
import XMLSecurity

/// Where identity providers send logout messages: the shared single logout endpoint and each workspace's own (behavior
/// F5; saml-security F11).
///
///     a request     path or issuer -> workspaces ─► signature and rules under each one's own certificates
///                   ─► replay, end of the sessions that it names there ─► signed response to the identity provider
///     a response    InResponseTo, browser key -> stored request -> its workspace ─► signature and rules ─► page
///
/// A message without a valid signature ends nothing, answers nothing, and uses up nothing but the stored request of the
/// browser that brought it.
struct SingleLogoutEndpoint: Sendable {
    /// Which of the endpoints a message came to.
    enum Place {
        /// The one of all workspaces without their own.
        case shared
        /// The one of the workspace of this name, whether or not there is one.
        case own(String)
    }

    let service: WebSSO

    var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let shared = RouterPath(self.site.prefix + "/saml/slo")
        let own = RouterPath(self.site.prefix + "/saml/:companyID/slo")
        for method in [HTTPRequest.Method.get, .post] {
            router.on(shared, method: method) { request, context in
                try await self.receive(request, context: context, at: .shared)
            }
            router.on(own, method: method) { request, context in
                let companyID = context.parameters.get("companyID") ?? ""
                return try await self.receive(request, context: context, at: .own(companyID))
            }
        }
    }

    /// The URL of an endpoint, which every message to it must name.
    func url(of place: Place) -> String {
        switch place {
        case .shared: self.site.sharedSingleLogoutService
        case .own(let companyID): self.site.ownSingleLogoutService(companyID: companyID)
        }
    }

    /// What a message from a workspace's identity provider must agree with.
    func expectations(_ identityProvider: IdentityProviderConfiguration, at place: Place) -> LogoutExpectations {
        LogoutExpectations(
            identityProvider: identityProvider.issuer,
            singleLogoutService: self.url(of: place),
            now: self.service.now(),
            clockSkew: self.service.configuration.clockSkew
        )
    }

    private func receive(
        _ request: Request,
        context: GatewayRequestContext,
        at place: Place
    ) async throws -> Response {
        try self.service.admit(context)
        do {
            let received = try await LogoutMessage.read(request)
            switch received.kind {
            case .request: return try await self.carryOut(received, request: request, context: context, at: place)
            case .response: return try await self.conclude(received, headers: request.headers, at: place)
            }
        } catch let refused as RefusedLogout {
            self.service.limiter.recordFailure(context.client, now: self.service.now())
            try await self.record(refused, context: context)
            throw GatewayError(refused.shownCode)
        }
    }

    /// Writes a refusal down: in the workspace's log when this browser had asked it, in the operator's otherwise.
    private func record(_ refused: RefusedLogout, context: GatewayRequestContext) async throws {
        let event = AuditEvent(
            time: self.service.now(),
            workspaceID: refused.scope?.workspaceID,
            actor: .identityProvider,
            action: .signOut,
            outcome: .refused(refused.code),
            detail: refused.detail
        )
        .naming(context.requestID)
        guard let scope = refused.scope else {
            try await self.service.recordForOperator(event, context)
            return
        }
        try await self.service.audit.append(scope, [event])
    }
}
