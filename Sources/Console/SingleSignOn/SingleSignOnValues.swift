import GatewayHTTP
import SAML
import Workspaces

/// What stands in the form of single sign-on: as it is saved, or as somebody typed it.
struct SingleSignOnValues: Hashable, Sendable {
    var signInURL = ""
    var issuer = ""
    /// Certificates that were pasted, beside those that are pinned.
    var certificates = ""
    /// Whether a private key was left out of them.
    var lacksPrivateKey = false
    /// The fingerprints of pinned certificates that are to go.
    var removed: Set<String> = []
    /// Where the values were taken from, when that is an address.
    var metadataURL = ""
    var metadataRefresh: MetadataRefreshMode?
    var preset: AttributePreset?
    var names = AttributeNames()
    var rolesMode = RolesMode.auto
    var spIssuer = ""
    var acsStyle = AssertionConsumerServiceStyle.shared
    var signaturePolicy = SignaturePolicy.either
    var requestBinding = RequestBinding.redirect
    var nameIDPolicy = NameIDPolicy.any
    var authnContext = ""
    var signRequests = false
    var requireEncryption = false
    var forceAuthn = false
    var sendLoginHint = false
    var allowIdPInitiated = false
    var sloURL = ""
    var sloBinding = RequestBinding.redirect
    var sloResponseURL = ""

    /// What is saved.
    init(_ configured: ConfiguredWorkspace) {
        self.rolesMode = configured.workspace.rolesMode
        self.spIssuer = configured.workspace.spIssuer.value
        self.acsStyle = configured.workspace.acsStyle
        self.preset = .preset(of: self.names)
        guard let provider = configured.identityProvider else { return }
        self.signInURL = provider.signInURL
        self.issuer = provider.issuer.value
        self.metadataURL = provider.metadataSource?.url ?? ""
        self.metadataRefresh = provider.metadataSource?.mode
        self.names = provider.attributeNames
        self.preset = .preset(of: provider.attributeNames)
        self.signaturePolicy = provider.signaturePolicy
        self.requestBinding = provider.requestBinding
        self.nameIDPolicy = provider.nameIDPolicy
        self.authnContext = provider.requestedAuthnContext?.classRefs.joined(separator: " ") ?? ""
        self.signRequests = provider.signRequests
        self.requireEncryption = provider.requireEncryption
        self.forceAuthn = provider.forceAuthn
        self.sendLoginHint = provider.sendLoginHint
        self.allowIdPInitiated = provider.allowIdPInitiated
        self.sloURL = provider.singleLogout?.url ?? ""
        self.sloBinding = provider.singleLogout?.binding ?? .redirect
        self.sloResponseURL = provider.singleLogout?.responseURL ?? ""
    }

    /// What somebody typed.
    ///
    /// - Throws: `form_invalid` for a form that our page cannot have sent.
    init(_ form: Form, pinned: [PinnedCertificate]) throws(RequestRefusal) {
        self.signInURL = try form.value("sign_in_url")
        self.issuer = try form.value("issuer")
        self.certificates = try form.value("certificates")
        for certificate in pinned where form.contains(Self.removal(of: certificate)) {
            self.removed.insert(certificate.sha256Fingerprint)
        }
        self.metadataURL = try form.value("metadata_url")
        self.metadataRefresh = try form.optionalValue("metadata_refresh").flatMap { MetadataRefreshMode(rawValue: $0) }
        let preset = try form.value("attribute_preset")
        let chosen = AttributePreset(rawValue: preset)
        guard chosen != nil || preset == Self.customPreset else { throw .formInvalid }
        let typed = AttributeNames(
            email: try form.value("attributes.email"),
            displayName: try form.value("attributes.display_name"),
            firstName: try form.value("attributes.first_name"),
            lastName: try form.value("attributes.last_name"),
            groups: try form.value("attributes.groups"),
            groupValues: try Self.choice("attributes.group_values", of: form),
            roles: try form.value("attributes.roles")
        )
        // Whoever chooses another preset means its names, and whoever leaves the list alone means what they typed.
        let isChosenAnew = try form.value("attribute_preset_before") != preset
        self.names = isChosenAnew ? chosen?.names ?? typed : typed
        self.preset = chosen?.names == self.names ? chosen : .preset(of: self.names)
        self.rolesMode = try Self.choice("roles_mode", of: form)
        self.spIssuer = try form.value("sp_issuer")
        self.acsStyle = try Self.choice("acs_style", of: form)
        self.signaturePolicy = try Self.choice("signature_policy", of: form)
        self.requestBinding = try Self.choice("request_binding", of: form)
        self.nameIDPolicy = try Self.choice("name_id_policy", of: form)
        self.authnContext = try form.value("authn_context")
        self.signRequests = form.contains("sign_requests")
        self.requireEncryption = form.contains("require_encryption")
        self.forceAuthn = form.contains("force_authn")
        self.sendLoginHint = form.contains("send_login_hint")
        self.allowIdPInitiated = form.contains("allow_idp_initiated")
        self.sloURL = try form.value("slo_url")
        self.sloBinding = try Self.choice("slo_binding", of: form)
        self.sloResponseURL = try form.value("slo_response_url")
    }

    /// The same values with the names of a preset.
    func taking(_ preset: AttributePreset) -> SingleSignOnValues {
        var values = self
        values.names = preset.names
        values.preset = preset
        return values
    }

    /// What the list of presets has for names that somebody chose.
    static let customPreset = "custom"

    /// The name of the box that takes a certificate away.
    static func removal(of certificate: PinnedCertificate) -> String {
        "remove." + certificate.sha256Fingerprint.filter { $0 != ":" }.lowercased()
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ name: String,
        of form: Form
    ) throws(RequestRefusal) -> Choice {
        guard let choice = Choice(rawValue: try form.value(name)) else { throw .formInvalid }
        return choice
    }
}
