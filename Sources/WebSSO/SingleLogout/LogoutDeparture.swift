import SAML
import SAMLBindings
import Workspaces

/// Makes logout messages ready to be sent to a workspace's identity provider; every one is signed (saml-profiles
/// 4.4.4).
struct LogoutDeparture {
    let workspace: Workspace
    let service: SingleLogoutService
    let signer: MessageSigner

    /// Sends a request, with nothing beside it: the response finds its request by the identifier.
    func send(_ request: LogoutRequest) throws(MessageEncodingFailure) -> Departure {
        switch self.service.binding {
        case .redirect:
            .redirect(try HTTPRedirectBinding.url(for: request, relayState: nil, signer: self.signer))
        case .post:
            .form(try HTTPPostBinding.form(for: request, relayState: nil, signer: self.signer))
        }
    }

    /// Sends a response, with the RelayState of the request unchanged (saml-bindings 3.4.3).
    func send(_ response: LogoutResponse, relayState: String?) throws(MessageEncodingFailure) -> Departure {
        switch self.service.binding {
        case .redirect:
            .redirect(try HTTPRedirectBinding.url(for: response, relayState: relayState, signer: self.signer))
        case .post:
            .form(try HTTPPostBinding.form(for: response, relayState: relayState, signer: self.signer))
        }
    }

    /// The issuer of everything that the workspace sends.
    var issuer: Issuer { Issuer(self.workspace.spIssuer.value) }
}
