import GatewayHTTP
import SAML
import Storage
import Workspaces

/// Responses that answer no request, for workspaces that allow them (behavior Q7, rulings 3; saml-security D15).
///
/// The RelayState `{"companyId": …}` that an administrator set at the identity provider names the workspace, and it
/// proves nothing: that the assertion is for this workspace and no other is the Recipient's word where the workspace has
/// an assertion consumer service of its own, and the audience's where no other workspace has its SP issuer. One of the
/// two must hold. From here on every check is that of a response to a request, and the store takes the assertion once.
extension AssertionConsumerServiceEndpoint {
    /// Finds the workspace of a response without a request.
    ///
    /// One refusal serves every workspace that does not allow it, so that none is told from one that does not exist.
    func bindUnsolicited(
        _ posted: PostedResponse,
        claimedIssuer: Issuer?,
        at url: String
    ) async throws -> BoundSignIn {
        guard posted.relayState != nil else {
            throw Self.refusal(.relayStateEmpty, claimedIssuer)
        }
        guard let companyID = posted.namedCompany,
            let configured = try await self.service.directory.configuredWorkspace(companyID: companyID),
            let identityProvider = try? configured.signInIdentityProvider(), identityProvider.allowIdPInitiated,
            // Nobody can prove to have authenticated after a request that was never made.
            !identityProvider.forceAuthn
        else {
            throw Self.refusal(.unsolicitedRefused, claimedIssuer)
        }
        let workspace = configured.workspace
        let progress = RefusedSignIn.Progress.unsolicited(workspace.id)
        guard try await self.isAddressedAlone(workspace) else {
            throw RefusedSignIn(
                .unsolicitedRefused,
                progress,
                step: .storedRequest,
                rule: "UnsolicitedResponse",
                wanted: "the workspace's own assertion consumer service, or an SP issuer that no other workspace has",
                got: workspace.spIssuer.value
            )
        }
        return try self.bind(.identityProvider(workspace.id), to: workspace, identityProvider, at: url)
    }

    /// Whether a valid assertion for the workspace can be for no other one.
    private func isAddressedAlone(_ workspace: Workspace) async throws -> Bool {
        switch workspace.acsStyle {
        case .own: true
        case .shared: try await self.service.directory.hasOwnServiceProviderName(workspace)
        }
    }

    private static func refusal(_ code: RefusalCode, _ claimedIssuer: Issuer?) -> RefusedSignIn {
        RefusedSignIn(
            code,
            .noRequest,
            step: .storedRequest,
            rule: "InResponseTo",
            wanted: "an answer to a request",
            got: claimedIssuer?.value
        )
    }
}
