import Workspaces

/// A setting as it is saved and as a form would have it.
struct ShownDifference {
    let name: String
    let old: String
    let new: String

    init(_ difference: SettingDifference) {
        self.name = Self.names[difference.field] ?? difference.field
        self.old = Self.shown(difference.old)
        self.new = Self.shown(difference.new)
    }

    private static func shown(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "nothing" }
        return switch text {
        case "true": "on"
        case "false": "off"
        // A list has no space at which a line could be broken.
        case _: text.replacing(",", with: ", ")
        }
    }

    private static let names = [
        "sign_in_url": "Sign-in URL", "issuer": "Issuer", "certificates": "Certificates",
        "attributes": "Attribute names", "signature_policy": "What must be signed", "sign_requests": "Signed requests",
        "request_binding": "How requests travel", "force_authn": "Authenticate anew", "authn_context": "Authentication",
        "name_id_policy": "NameID", "send_login_hint": "Login hint", "require_encryption": "Encryption required",
        "slo_url": "Logout URL", "slo_binding": "How logout travels", "slo_response_url": "Logout response URL",
        "allow_idp_initiated": "Sign-in from the identity provider", "metadata_url": "Metadata URL",
        "metadata_refresh": "Following the metadata", "sp_issuer": "SP issuer", "acs_style": "SP sign-in URL",
        "roles_mode": "Roles from the identity provider", "enabled": "Single sign-on", "mappings.roles": "Roles",
        "mappings.spaces": "Spaces", "mappings.projects": "Projects",
    ]
}
