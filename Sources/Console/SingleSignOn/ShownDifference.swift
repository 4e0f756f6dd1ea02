import Workspaces

/// A setting as it is saved and as a form would have it.
struct ShownDifference {
    let name: String
    let old: String
    let new: String

    init(_ difference: SettingDifference) {
        self.name = Self.names[difference.field] ?? difference.field
        var (old, new) = (difference.old, difference.new)
        if difference.field == "attributes", let before = old, let after = new {
            // Seven names stand there, of which most are the same.
            (old, new) = (Self.names(in: before, notIn: after), Self.names(in: after, notIn: before))
        }
        self.old = Self.shown(old)
        self.new = Self.shown(new)
    }

    private static func names(in list: String, notIn other: String) -> String {
        let others = Set(other.split(separator: ",").map { Array($0.utf8) })
        return list.split(separator: ",").filter { !others.contains(Array($0.utf8)) }.joined(separator: ",")
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
