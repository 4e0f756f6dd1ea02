import SAML
import Testing
import Workspaces

@Suite("configured workspace")
struct ConfiguredWorkspaceTests {
    @Test("F1 only an enabled workspace with enabled SAML has an identity provider to go to")
    func signInIdentityProvider() throws {
        let identityProvider = IdentityProviderConfiguration(
            enabled: true,
            signInURL: "https://idp.example/sso",
            issuer: try #require(EntityID("https://idp.example")),
            certificates: []
        )
        var configured = ConfiguredWorkspace(
            workspace: try SampleSignIn().workspace,
            identityProvider: identityProvider,
            domains: []
        )
        #expect(try configured.signInIdentityProvider() == identityProvider)
        configured.identityProvider?.enabled = false
        #expect(throws: RefusalCode.samlNotEnabled) { try configured.signInIdentityProvider() }
        configured.identityProvider = nil
        #expect(throws: RefusalCode.samlNotEnabled) { try configured.signInIdentityProvider() }
        configured.workspace.status = .disabled
        #expect(throws: RefusalCode.companyNotFound) { try configured.signInIdentityProvider() }
    }

    @Test(
        "rulings 19 presets",
        arguments: [
            (AttributePreset.datasaur, "email", "displayName", "groups"),
            (.labelStudio, "Email", "displayName", "Groups"),
            (.okta, "email", "displayName", "groups"),
            (.entra, "emailAddress", "displayName", "groups"),
            (
                .entraURI, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                "http://schemas.microsoft.com/identity/claims/displayname",
                "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"
            ),
            (.google, "Email", "displayName", "Groups"),
            (.pingone, "emailAddress", "displayName", "Groups"),
            (.auth0, "email", "displayName", "groups"),
        ]
    )
    func presets(_ preset: AttributePreset, _ email: String, _ displayName: String, _ groups: String) {
        #expect(preset.names.email == email)
        #expect(preset.names.displayName == displayName)
        #expect(preset.names.groups == groups)
        #expect(preset.names.roles == "roles")
    }

    @Test("rulings 19 the presets have these names")
    func presetNames() {
        #expect(
            AttributePreset.allCases.map(\.rawValue) == [
                "datasaur", "label-studio", "okta", "entra", "entra-uri", "google", "pingone", "auth0",
            ]
        )
    }
}
