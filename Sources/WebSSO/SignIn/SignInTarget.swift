import GatewayHTTP
import SAML
import SAMLBindings
import Workspaces

/// A workspace that people can sign in to, with its identity provider.
struct SignInTarget {
    let workspace: Workspace
    let identityProvider: IdentityProviderConfiguration

    /// Makes the AuthnRequest ready to be sent (behavior F2).
    ///
    /// - Parameters:
    ///   - outstanding: The stored request.
    ///   - loginHint: Who wants to sign in, as far as the link says; sent where the workspace wants that.
    ///   - site: Where the answer shall come.
    ///   - signer: Who signs; nil sends the request unsigned.
    /// - Returns: The redirect or the form.
    /// - Throws: What the binding could not do.
    func departure(
        for outstanding: OutstandingRequest,
        loginHint: Email?,
        site: PublicSite,
        signer: MessageSigner?
    ) throws(MessageEncodingFailure) -> Departure {
        let request = AuthnRequest(
            id: outstanding.id,
            issueInstant: outstanding.createdAt,
            destination: self.identityProvider.signInURL,
            assertionConsumerService: site.assertionConsumerService(of: self.workspace),
            issuer: self.workspace.spIssuer,
            forceAuthn: self.identityProvider.forceAuthn || outstanding.isConfirmation,
            nameIDPolicy: self.identityProvider.nameIDPolicy,
            requestedAuthnContext: self.identityProvider.requestedAuthnContext,
            subject: self.identityProvider.sendLoginHint ? loginHint?.value : nil
        )
        switch self.identityProvider.requestBinding {
        case .redirect:
            return .redirect(
                try HTTPRedirectBinding.url(for: request, relayState: outstanding.relayState, signer: signer)
            )
        case .post:
            return .form(try HTTPPostBinding.form(for: request, relayState: outstanding.relayState, signer: signer))
        }
    }
}
