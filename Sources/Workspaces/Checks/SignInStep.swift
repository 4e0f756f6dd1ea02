package import SAML

/// What is checked of a sign-in beside the Response itself, in the order of behavior V; the raw values stand in records
/// and in JSON.
package enum SignInStep: String, Hashable, Sendable, CaseIterable {
    /// The Response answers a request that was stored and not used (V/2).
    case storedRequest = "stored_request"
    /// The browser that began the sign-in finishes it, in time and with its RelayState.
    case browser
    /// The workspace lets people sign in with this identity provider.
    case samlSettings = "saml_settings"
    /// The Response was posted to the address of this workspace (behavior Q6).
    case assertionConsumerService = "assertion_consumer_service"
    /// The assertion has exactly one e-mail address (V/11).
    case email
    /// The assertion was not used before (V/10).
    case replay
    /// The address is in a domain of the workspace (V/12).
    case emailDomain = "email_domain"
    /// The `roles` attribute grants a role, or is not processed (V/13).
    case roles
    /// The person is a member or becomes one (V/14).
    case membership
    /// There is a seat (V/15).
    case seat

    /// Who has to change something when the step fails.
    package var responsible: ResponsibleParty {
        switch self {
        case .storedRequest, .browser, .replay: .member
        case .assertionConsumerService, .email, .roles: .identityProviderAdministrator
        case .samlSettings, .emailDomain, .membership, .seat: .workspaceAdministrator
        }
    }
}
