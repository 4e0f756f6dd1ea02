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

        /// The workspace, if it uses this kind of endpoint and people can sign in to it.
        init?(_ configured: ConfiguredWorkspace, style: AssertionConsumerServiceStyle) {
            guard configured.workspace.acsStyle == style,
                let identityProvider = try? configured.signInIdentityProvider()
            else { return nil }
            self.workspace = configured.workspace
            self.identityProvider = identityProvider
        }
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
        // A message that nobody signed asks nobody.
        guard received.isSigned else {
            throw RefusedLogout(.signatureInvalid, rule: "SingleLogoutProfile", wanted: "a signature", got: "none")
        }
        let candidates =
            switch place {
            case .own(let name): try await self.candidates(named: name)
            case .shared: try await self.candidates(of: received.claimedIssuer.value)
            }
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
        if !ended.isEmpty { self.service.counter.countSignOut(by: .identityProvider) }
        let concerned = targets.filter { ended.contains(WorkspaceScope($0.workspace.id)) }
        guard let answering = try await self.answering(among: concerned.isEmpty ? targets : concerned) else {
            return self.service.pages.response(page: self.service.pages.signedOut())
        }
        return
            try self.answer(
                to: validated,
                from: answering.workspace,
                at: answering.service,
                relayState: received.relayState
            )
            .response(
                of: self.service.pages,
                to: request.method,
                purpose: .signOut,
                workspaceName: answering.workspace.name
            )
    }

    /// The workspace that answers, and where.
    ///
    /// Any workspace may pin the certificates of an identity provider, so that several which would not answer at all, answer
    /// elsewhere, or in other names, leave the browser here: none of them may send it, and a signed answer, where another
    /// one would not.
    ///
    /// - Returns: `nil` where the person is shown a page instead.
    private func answering(
        among candidates: [Candidate]
    ) async throws -> (workspace: Workspace, service: SingleLogoutService)? {
        let answers = candidates.compactMap { candidate in
            candidate.identityProvider.singleLogout.map { (workspace: candidate.workspace, service: $0) }
        }
        guard let first = answers.first, answers.count == candidates.count else { return nil }
        let agree = answers.allSatisfy { answer in
            answer.service.answerURL.utf8.elementsEqual(first.service.answerURL.utf8)
                && answer.service.binding == first.service.binding
                && answer.workspace.spIssuer == first.workspace.spIssuer
        }
        guard agree else { return nil }
        for answer in answers {
            if try await self.service.directory.trustsWhatItsNamesakesTrust(answer.workspace) { return answer }
        }
        return nil
    }

    /// The way back to the identity provider, with a signed success.
    private func answer(
        to request: ValidatedLogoutRequest,
        from workspace: Workspace,
        at service: SingleLogoutService,
        relayState: String?
    ) throws -> Departure {
        let departure = LogoutDeparture(
            workspace: workspace,
            service: service,
            signer: try self.service.signer()
        )
        let response = LogoutResponse(
            id: .random(),
            issueInstant: self.service.now(),
            inResponseTo: request.id,
            destination: service.answerURL,
            issuer: departure.issuer,
            status: Status(code: Status.success)
        )
        return try departure.send(response, relayState: relayState)
    }

    // MARK: - The workspaces

    /// The workspace whose own endpoint the request came to; nothing is proved by it.
    private func candidates(named name: String) async throws -> [Candidate] {
        guard let companyID = CompanyID(name),
            let configured = try await self.service.directory.configuredWorkspace(companyID: companyID),
            let candidate = Candidate(configured, style: .own)
        else { throw RefusedLogout(.companyNotFound, rule: "SingleLogoutService", got: name) }
        return [candidate]
    }

    /// The workspaces with the identity provider that the request claims to be from; nothing is proved by it.
    private func candidates(of claimedIssuer: String) async throws -> [Candidate] {
        let limit = Self.maximumWorkspaces
        let refusal = { (wanted: String) in
            Self.unknownIssuer(claimedIssuer, wanted: wanted)
        }
        guard let issuer = EntityID(claimedIssuer) else { throw refusal("the name of an identity provider") }
        let scopes = try await self.service.logouts.workspaces(ofIdentityProvider: issuer, limit: limit + 1)
        guard scopes.count <= limit else {
            throw refusal("at most \(limit) workspaces of one identity provider at the shared URL")
        }
        var candidates: [Candidate] = []
        for scope in scopes {
            let configured = try await self.service.directory.configuredWorkspace(scope)
            if let candidate = configured.flatMap({ Candidate($0, style: .shared) }),
                candidate.identityProvider.issuer == issuer
            {
                candidates.append(candidate)
            }
        }
        return candidates
    }

    // MARK: - The rules

    /// Checks a request under the certificates of all workspaces together; it counts for those that pin the key that
    /// verified it, so that no workspace's word counts for another.
    ///
    /// - Returns: The request, and the workspaces for which it passed; at least one.
    /// - Throws: ``RefusedLogout``.
    private func validate(
        _ received: ReceivedLogoutMessage,
        for candidates: [Candidate],
        at place: Place
    ) throws -> (ValidatedLogoutRequest, [Candidate]) {
        // The identity provider is the same for all, by which they were found, and so is what the request must say.
        guard let expected = candidates.first?.identityProvider else {
            throw Self.unknownIssuer(received.claimedIssuer.value, wanted: "the identity provider of a workspace")
        }
        let pins = Set(candidates.flatMap(\.identityProvider.certificates))
        // Anybody may send a request, and each certificate that is tried takes time.
        guard pins.count <= SignatureVerifier.maximumCertificates else {
            throw Self.unknownIssuer(
                received.claimedIssuer.value,
                wanted: "at most \(SignatureVerifier.maximumCertificates) certificates of one identity provider"
            )
        }
        let certificates = try CertificateMemory.shared.read(pins)
        let validated: ValidatedLogoutRequest
        do throws(ResponseRejection) {
            validated = try received.validateRequest(self.expectations(expected, at: place), certificates: certificates)
        } catch {
            throw RefusedLogout(error)
        }
        let signers = certificates.filter { $0.sha256Fingerprint == validated.certificateFingerprint }
        let ofSigner = Set(
            certificates.filter { signers.contains(where: $0.hasSameKey) }.map(\.sha256Fingerprint)
        )
        let targets = candidates.filter { candidate in
            candidate.identityProvider.certificates.contains { ofSigner.contains($0.sha256Fingerprint) }
        }
        return (validated, targets)
    }

    /// The refusal of a request whose identity provider no workspace has.
    ///
    /// It is shown as one whose signature is not valid, so that nobody learns from it which identity providers, and thus
    /// which companies, an installation has.
    private static func unknownIssuer(_ issuer: String, wanted: String) -> RefusedLogout {
        RefusedLogout(
            .issuerMismatch,
            shownAs: .signatureInvalid,
            rule: "SingleLogoutService",
            wanted: wanted,
            got: issuer
        )
    }
}
