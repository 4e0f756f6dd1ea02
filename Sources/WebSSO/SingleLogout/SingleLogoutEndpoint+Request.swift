import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces
import XMLSecurity

/// Logout requests of identity providers' (saml-profiles 4.4.3.2 and 4.4.3.4).
extension SingleLogoutEndpoint {
    /// A workspace that a request may be for.
    private struct Candidate {
        let workspace: Workspace
        let identityProvider: IdentityProviderConfiguration
    }

    /// The greatest number of workspaces that may share one identity provider at the shared endpoint.
    ///
    /// Each of them costs a lookup before anything is verified.
    private static let maximumWorkspaces = 256

    /// Ends the sessions that a request names and answers the identity provider.
    func carryOut(
        _ received: ReceivedLogoutMessage,
        request: Request,
        context: GatewayRequestContext,
        at place: Place
    ) async throws -> Response {
        let candidates = try await self.candidates(for: received, at: place)
        let (validated, targets) = try self.validate(received, for: candidates, at: place)
        let ended = try await self.service.logouts.end(
            validated,
            in: targets.map { LogoutTarget($0.workspace) },
            requestID: context.requestID,
            now: self.service.now()
        )
        guard let ended else {
            throw RefusedLogout(.replayed, rule: "ReplayKey", wanted: "a new request", got: validated.id.value)
        }
        // Of several workspaces, one in which a session ended knows best whom the identity provider waits for.
        let answering =
            targets.filter { target in ended.contains(WorkspaceScope(target.workspace.id)) }
            + targets
        for target in answering {
            guard let service = target.identityProvider.singleLogout else { continue }
            let departure = LogoutDeparture(
                workspace: target.workspace,
                service: service,
                signer: try self.service.signer()
            )
            let response = LogoutResponse(
                id: .random(),
                issueInstant: self.service.now(),
                inResponseTo: validated.id,
                destination: service.answerURL,
                issuer: departure.issuer,
                status: Status(code: Status.success)
            )
            return try departure.send(response, relayState: received.relayState)
                .response(
                    of: self.service.pages,
                    to: request.method,
                    purpose: .signOut,
                    workspaceName: target.workspace.name
                )
        }
        return self.service.pages.response(page: self.service.pages.signedOut())
    }

    /// The workspaces that a request may be for: by its path, or by the issuer that it claims.
    ///
    /// Nothing is proved by it.
    private func candidates(for received: ReceivedLogoutMessage, at place: Place) async throws -> [Candidate] {
        switch place {
        case .own(let name):
            guard let companyID = CompanyID(name),
                let configured = try await self.service.directory.configuredWorkspace(companyID: companyID),
                let candidate = Self.candidate(configured, style: .own)
            else { throw RefusedLogout(.companyNotFound, rule: "SingleLogoutService", got: name) }
            return [candidate]
        case .shared:
            let claimed = received.claimedIssuer.value
            guard let issuer = EntityID(claimed) else {
                throw RefusedLogout(.issuerMismatch, rule: "SingleLogoutService", wanted: "a name", got: claimed)
            }
            let limit = Self.maximumWorkspaces
            let scopes = try await self.service.logouts.workspaces(ofIdentityProvider: issuer, limit: limit + 1)
            guard scopes.count <= limit else {
                throw RefusedLogout(
                    .issuerMismatch,
                    rule: "SingleLogoutService",
                    wanted: "at most \(limit) workspaces of one identity provider at the shared URL",
                    got: claimed
                )
            }
            var candidates: [Candidate] = []
            for scope in scopes {
                let configured = try await self.service.directory.configuredWorkspace(scope)
                if let candidate = configured.flatMap({ Self.candidate($0, style: .shared) }) {
                    candidates.append(candidate)
                }
            }
            return candidates
        }
    }

    private static func candidate(
        _ configured: ConfiguredWorkspace,
        style: AssertionConsumerServiceStyle
    ) -> Candidate? {
        guard configured.workspace.acsStyle == style,
            let identityProvider = try? configured.signInIdentityProvider()
        else { return nil }
        return Candidate(workspace: configured.workspace, identityProvider: identityProvider)
    }

    /// Checks a request under the certificates of each workspace, so that no workspace's word counts for another.
    ///
    /// - Returns: The request, and the workspaces for which it passed; at least one.
    /// - Throws: ``RefusedLogout`` with the first rejection.
    private func validate(
        _ received: ReceivedLogoutMessage,
        for candidates: [Candidate],
        at place: Place
    ) throws -> (ValidatedLogoutRequest, [Candidate]) {
        // Workspaces that pin the same certificates come to the same verdict, which is found once.
        var verdicts: [[String]: Result<ValidatedLogoutRequest, ResponseRejection>] = [:]
        var targets: [Candidate] = []
        var validated: ValidatedLogoutRequest?
        var rejection = ResponseRejection(
            .issuerMismatch,
            rule: "SingleLogoutService",
            wanted: "the identity provider of a workspace",
            got: received.claimedIssuer.value
        )
        for candidate in candidates {
            let provider = candidate.identityProvider
            let pins = provider.certificates.map(\.sha256Fingerprint)
            let verdict: Result<ValidatedLogoutRequest, ResponseRejection>
            if let known = verdicts[pins] {
                verdict = known
            } else {
                let certificates = try provider.certificates.map { try SigningCertificate(der: $0.der) }
                let expectations = self.expectations(provider, at: place)
                verdict = Result { () throws(ResponseRejection) in
                    try received.validateRequest(expectations, certificates: certificates)
                }
                if case .failure(let failure) = verdict, verdicts.isEmpty { rejection = failure }
                verdicts[pins] = verdict
            }
            guard case .success(let request) = verdict else { continue }
            validated = request
            targets.append(candidate)
        }
        guard let validated else { throw RefusedLogout(rejection) }
        return (validated, targets)
    }
}
