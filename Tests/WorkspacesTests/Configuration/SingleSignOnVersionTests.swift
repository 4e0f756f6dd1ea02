import SAML
import Testing
import Workspaces

@Suite("versions of the single sign-on settings")
struct SingleSignOnVersionTests {
    private typealias Change = @Sendable (inout ConfiguredWorkspace) throws -> Void

    private static func configured() throws -> ConfiguredWorkspace {
        let sample = try SampleSignIn()
        let form = SAMLConfigurationChange(
            signInURL: "https://idp.example/sso",
            issuer: "https://idp.example/metadata",
            certificates: [PinnedCertificate(der: [1], sha256Fingerprint: "AA:01", notAfter: SampleSignIn.now)]
        )
        return ConfiguredWorkspace(
            workspace: sample.workspace,
            identityProvider: try form.applied(to: nil, loopbackHTTP: .refused),
            domains: sample.domains
        )
    }

    private static let changes: [Change] = [
        { $0.identityProvider = nil },
        { $0.identityProvider?.signInURL += "2" },
        { $0.identityProvider?.issuer = try #require(EntityID("https://other.example")) },
        { $0.identityProvider?.certificates = [] },
        { $0.identityProvider?.attributeNames.groups = "other" },
        { $0.identityProvider?.signRequests = true },
        { $0.identityProvider?.requireEncryption = true },
        { $0.identityProvider?.singleLogout = SingleLogoutService(url: "https://idp.example/slo") },
        { $0.identityProvider?.metadataSource = MetadataSource(url: "https://idp.example/metadata") },
        { $0.workspace.rolesMode = .off },
        { $0.workspace.acsStyle = .own },
        { $0.workspace.spIssuer = try #require(EntityID("portico-2")) },
    ]

    @Test func everySettingOfTheFormMakesAnotherVersion() throws {
        let before = try Self.configured()
        var versions: Set = [SingleSignOnVersion(of: before)]
        for change in Self.changes {
            var after = before
            try change(&after)
            #expect(versions.insert(SingleSignOnVersion(of: after)).inserted)
        }
        #expect(versions.count == Self.changes.count + 1)
    }

    @Test func whatIsNotOnTheFormMakesNone() throws {
        let before = try Self.configured()
        var after = before
        after.identityProvider?.enabled = true
        after.workspace.name = "Another name"
        after.domains = []
        #expect(SingleSignOnVersion(of: after) == SingleSignOnVersion(of: before))
    }

    @Test(
        "what a name holds is not taken for the next one",
        arguments: [
            ("a,display_name=b", "c", "a", "b,display_name=c"), ("a%2Cdisplay_name%3Db", "c", "a", "b,display_name=c"),
            ("a,", "c", "a%2C", "c"), ("a", "c%", "a", "c%25"), ("a=", "c", "a%3D", "c"),
        ]
    )
    func namesAreKeptApart(_ email: String, _ displayName: String, _ other: String, _ otherDisplayName: String) throws {
        var first = try Self.configured()
        first.identityProvider?.attributeNames.email = email
        first.identityProvider?.attributeNames.displayName = displayName
        var second = first
        second.identityProvider?.attributeNames.email = other
        second.identityProvider?.attributeNames.displayName = otherDisplayName
        #expect(SingleSignOnVersion(of: first) != SingleSignOnVersion(of: second))
        let new = try #require(second.identityProvider)
        #expect(
            IdentityProviderConfiguration.differences(from: first.identityProvider, to: new).map(\.field)
                == ["attributes"]
        )
    }

    @Test func classesOfAuthenticationAreKeptApart() throws {
        var first = try Self.configured()
        first.identityProvider?.requestedAuthnContext = RequestedAuthnContext(["urn:a", "urn:b"])
        var second = first
        second.identityProvider?.requestedAuthnContext = RequestedAuthnContext(["urn:a,urn:b"])
        #expect(SingleSignOnVersion(of: first) != SingleSignOnVersion(of: second))
    }

    @Test func isNamedByItsOwnTextAlone() throws {
        let version = SingleSignOnVersion(of: try Self.configured())
        #expect(version.isNamed(by: version.description))
        #expect(!version.isNamed(by: ""))
        #expect(!version.isNamed(by: version.description.uppercased()))
    }
}
