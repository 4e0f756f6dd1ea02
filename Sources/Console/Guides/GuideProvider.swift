/// The identity providers that have a guide, in the order in which the pages list them.
enum GuideProvider: String, CaseIterable {
    case okta
    case entra
    case google
    case pingone
    case onelogin
    case adfs = "ad-fs"
    case keycloak
    case simplesamlphp

    /// What the provider calls itself.
    var title: String {
        switch self {
        case .okta: "Okta"
        case .entra: "Microsoft Entra ID"
        case .google: "Google Workspace"
        case .pingone: "PingOne"
        case .onelogin: "OneLogin"
        case .adfs: "AD FS"
        case .keycloak: "Keycloak"
        case .simplesamlphp: "SimpleSAMLphp"
        }
    }

    /// The guide, with the values of a workspace in it.
    func guide(_ values: GuideValues) -> ProviderGuide {
        switch self {
        case .okta: .okta(values)
        case .entra: .entra(values)
        case .google: .google(values)
        case .pingone: .pingone(values)
        case .onelogin: .onelogin(values)
        case .adfs: .adfs(values)
        case .keycloak: .keycloak(values)
        case .simplesamlphp: .simplesamlphp(values)
        }
    }
}
