import Workspaces

extension AttributePreset {
    /// What the list of presets calls it.
    var title: String {
        switch self {
        case .datasaur: "Portico’s own (email, displayName, roles)"
        case .labelStudio: "Label Studio"
        case .okta: "Okta"
        case .entra: "Microsoft Entra ID, short names"
        case .entraURI: "Microsoft Entra ID, claim URIs"
        case .google: "Google Workspace"
        case .pingone: "PingOne"
        case .auth0: "Auth0"
        }
    }
}
