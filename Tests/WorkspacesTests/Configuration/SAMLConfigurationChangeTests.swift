import SAML
import Testing
import Workspaces

@Suite("SAML configuration")
struct SAMLConfigurationChangeTests {
    private static let certificate = PinnedCertificate(
        der: [1, 2, 3],
        sha256Fingerprint: "AA:BB",
        notAfter: SampleSignIn.now
    )

    private static var valid: SAMLConfigurationChange {
        SAMLConfigurationChange(
            signInURL: "https://idp.example/sso",
            issuer: "https://idp.example/metadata",
            certificates: [Self.certificate]
        )
    }

    struct Defect: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var field: String
        var apply: @Sendable (inout SAMLConfigurationChange) -> Void

        static func url(_ text: String) -> Defect {
            Defect(testDescription: "T4 sign-in URL \(text)", field: "sign_in_url") { $0.signInURL = text }
        }

        static let all: [Defect] =
            [
                "", "idp.example/sso", "http://idp.example/sso", "http://127.0.0.1:8081/sso", "http://localhost/sso",
                "ftp://idp.example", "https://", "https:///sso", "https://user:pass@idp.example/",
                "https://idp.example/#x",
                "https://idp.example/a b", "https://idp.example/\n", "javascript:alert(1)", "https://idp.exämple/",
                "https://idp.example/" + String(repeating: "a", count: 2_048),
            ]
            .map(Defect.url) + [
                Defect(testDescription: "T4 issuer empty", field: "issuer") { $0.issuer = "" },
                Defect(testDescription: "T4 issuer with a space before", field: "issuer") {
                    $0.issuer = " https://idp"
                },
                Defect(testDescription: "T4 issuer with a line break after", field: "issuer") { $0.issuer = "idp\n" },
                Defect(testDescription: "T4 no certificate", field: "certificates") { $0.certificates = [] },
                Defect(testDescription: "rulings 7 nine certificates", field: "certificates") {
                    $0.certificates = (0..<9)
                        .map {
                            PinnedCertificate(der: [$0], sha256Fingerprint: "\($0)", notAfter: SampleSignIn.now)
                        }
                },
                Defect(testDescription: "I1 attribute name empty", field: "attributes.email") {
                    $0.attributeNames = AttributeNames(email: "")
                },
                Defect(testDescription: "I1 attribute name padded", field: "attributes.groups") {
                    $0.attributeNames = AttributeNames(groups: "groups ")
                },
                Defect(testDescription: "D14 no class of authentication", field: "authn_context") {
                    $0.requestedAuthnContext = ["mfa"]
                },
                Defect(testDescription: "I1 one attribute for address and roles", field: "attributes.roles") {
                    $0.attributeNames = AttributeNames(email: "x", roles: "x")
                },
            ]
    }

    @Test("T4 a valid form makes a configuration that is not enabled yet")
    func valid() throws {
        let configuration = try Self.valid.applied(to: nil, loopbackHTTP: .refused)
        #expect(!configuration.enabled)
        #expect(configuration.issuer.value == "https://idp.example/metadata")
        #expect(configuration.attributeNames == AttributeNames())
        #expect(configuration.signaturePolicy == .either)
    }

    @Test("defect", arguments: Defect.all)
    func defect(_ defect: Defect) {
        var change = Self.valid
        defect.apply(&change)
        let error = #expect(throws: ConfigurationMistakes.self) {
            try change.applied(to: nil, loopbackHTTP: .refused)
        }
        #expect(error?.mistakes.map(\.field) == [defect.field])
        #expect(error?.mistakes.first?.message.hasSuffix(".") == true)
    }

    @Test("all mistakes are reported together")
    func together() {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try SAMLConfigurationChange(attributeNames: AttributeNames(email: ""))
                .applied(to: nil, loopbackHTTP: .refused)
        }
        #expect(
            error?.mistakes.map(\.field) == ["sign_in_url", "issuer", "certificates", "attributes.email"]
        )
        #expect(error?.description.split(separator: "\n").count == 4)
    }

    @Test(
        "T4 plain http to this machine is for the demonstration",
        arguments: [
            "http://localhost:8081/sso", "http://127.0.0.1:8081/simplesaml/sso", "http://[::1]:8081/sso",
            "http://127.1.2.3/",
        ]
    )
    func loopback(_ url: String) throws {
        var change = Self.valid
        change.signInURL = url
        #expect(try change.applied(to: nil, loopbackHTTP: .allowed).signInURL == url)
        #expect(throws: ConfigurationMistakes.self) { try change.applied(to: nil, loopbackHTTP: .refused) }
    }

    @Test(
        "T4 plain http elsewhere never is",
        arguments: [
            "http://idp.example/sso", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
            "http://10.0.0.1/sso", "http://127.0.0/", "http://localhost@evil.example/",
        ]
    )
    func notLoopback(_ url: String) {
        var change = Self.valid
        change.signInURL = url
        #expect(throws: ConfigurationMistakes.self) { try change.applied(to: nil, loopbackHTTP: .allowed) }
    }

    @Test(
        "T4 logout URLs are https as well",
        arguments: [
            "http://idp.example/slo", "idp.example", "https://user:pass@idp.example/", "https://idp.example/#x",
        ]
    )
    func logoutURLs(_ url: String) throws {
        for field in ["slo_url", "slo_response_url"] {
            var change = Self.valid
            change.sloURL = field == "slo_url" ? url : "https://idp.example/slo"
            change.sloResponseURL = field == "slo_url" ? nil : url
            let error = #expect(throws: ConfigurationMistakes.self) {
                try change.applied(to: nil, loopbackHTTP: .allowed)
            }
            #expect(error?.mistakes.map(\.field) == [field])
        }
    }

    @Test("D14 classes of authentication are set, kept and taken away")
    func authnContext() throws {
        var change = Self.valid
        change.requestedAuthnContext = ["PasswordProtectedTransport", "urn:example:mfa"]
        let first = try change.applied(to: nil, loopbackHTTP: .refused)
        #expect(
            first.requestedAuthnContext?.classRefs
                == ["urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", "urn:example:mfa"]
        )
        let kept = try SAMLConfigurationChange().applied(to: first, loopbackHTTP: .refused)
        #expect(kept == first)
        let none = try SAMLConfigurationChange(requestedAuthnContext: []).applied(to: first, loopbackHTTP: .refused)
        #expect(none.requestedAuthnContext == nil)
        #expect(
            IdentityProviderConfiguration.differences(from: first, to: none).map(\.field) == ["authn_context"]
        )
    }

    @Test("F5 single logout is set, kept, changed in part and taken away")
    func singleLogout() throws {
        var change = Self.valid
        change.sloURL = "https://idp.example/slo"
        change.sloResponseURL = "https://idp.example/answers"
        let first = try change.applied(to: nil, loopbackHTTP: .refused)
        var expected = SingleLogoutService(
            url: "https://idp.example/slo",
            responseURL: "https://idp.example/answers"
        )
        #expect(first.singleLogout == expected)
        #expect(try SAMLConfigurationChange().applied(to: first, loopbackHTTP: .refused) == first)
        let second = try SAMLConfigurationChange(sloBinding: .post, sloResponseURL: "")
            .applied(to: first, loopbackHTTP: .refused)
        expected.binding = .post
        expected.responseURL = nil
        #expect(second.singleLogout == expected)
        #expect(second.singleLogout?.answerURL == "https://idp.example/slo")
        let third = try SAMLConfigurationChange(sloURL: "").applied(to: second, loopbackHTTP: .refused)
        #expect(third.singleLogout == nil)
    }

    @Test("Q7 a URL for responses alone, and a forced sign-in that begins elsewhere, are mistakes")
    func contradictions() throws {
        let current = try Self.valid.applied(to: nil, loopbackHTTP: .refused)
        #expect(!current.allowIdPInitiated)
        for (change, field) in [
            (SAMLConfigurationChange(sloResponseURL: "https://idp.example/answers"), "slo_url"),
            (SAMLConfigurationChange(forceAuthn: true, allowIdPInitiated: true), "allow_idp_initiated"),
        ] {
            let error = #expect(throws: ConfigurationMistakes.self) {
                try change.applied(to: current, loopbackHTTP: .refused)
            }
            #expect(error?.mistakes.map(\.field) == [field])
        }
    }

    @Test("T8 what is not sent stays as it is")
    func partial() throws {
        var current = try Self.valid.applied(to: nil, loopbackHTTP: .refused)
        current.enabled = true
        current.signaturePolicy = .both
        current.attributeNames = AttributePreset.entra.names
        let unchanged = try SAMLConfigurationChange().applied(to: current, loopbackHTTP: .refused)
        #expect(unchanged == current)
        let changed = try SAMLConfigurationChange(issuer: "other").applied(to: current, loopbackHTTP: .refused)
        #expect(changed.issuer.value == "other")
        #expect(changed.signInURL == current.signInURL)
        #expect(changed.enabled)
    }

    @Test("T4 an issuer with a space in it stays as it is, and nobody types it anew")
    func spaceInTheIssuer() throws {
        var current = try Self.valid.applied(to: nil, loopbackHTTP: .refused)
        let change = SAMLConfigurationChange(issuer: "the issuer")
        #expect(throws: ConfigurationMistakes.self) { try change.applied(to: current, loopbackHTTP: .refused) }
        current.issuer = try #require(EntityID("the issuer"))
        #expect(try change.applied(to: current, loopbackHTTP: .refused) == current)
    }

    @Test("Q21 a certificate that is pasted twice is pinned once")
    func duplicates() throws {
        var change = Self.valid
        change.certificates = [Self.certificate, Self.certificate]
        #expect(try change.applied(to: nil, loopbackHTTP: .refused).certificates == [Self.certificate])
    }
}
