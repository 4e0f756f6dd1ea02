import GatewayHTTP
import SAML
import SAMLBindings
import Workspaces

/// A workspace that people can sign in to, with its identity provider.
struct SignInTarget {
    let workspace: Workspace
    let identityProvider: IdentityProviderConfiguration

    /// The URL that takes the browser to the identity provider with an AuthnRequest (behavior F2).
    func redirect(for outstanding: OutstandingRequest, site: PublicSite) throws -> String {
        let request = AuthnRequest(
            id: outstanding.id,
            issueInstant: outstanding.createdAt,
            destination: self.identityProvider.signInURL,
            assertionConsumerService: site.assertionConsumerService(of: self.workspace),
            issuer: self.workspace.spIssuer
        )
        return try HTTPRedirectBinding.url(for: request, relayState: outstanding.relayState)
    }
}
