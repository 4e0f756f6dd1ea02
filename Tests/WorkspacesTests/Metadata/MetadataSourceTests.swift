import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("Source of metadata")
struct MetadataSourceTests {
    @Test(
        "Only https URLs are kept",
        arguments: [
            "", "https:", "http://idp.example/metadata", "ftp://idp.example", "https://idp.example/a b",
            "https://idp.example/\n", "https://idp.exämple/", " https://idp.example/",
            "https://" + String(repeating: "a", count: 2_041),
        ]
    )
    func malformed(_ url: String) {
        #expect(MetadataSource(url: url) == nil)
    }

    /// Takes metadata over a sample's configuration, and changes it.
    private func applied(
        _ sample: SampleMetadata = SampleMetadata(),
        from origin: MetadataOrigin?,
        _ change: SAMLConfigurationChange = SAMLConfigurationChange()
    ) throws -> IdentityProviderConfiguration {
        let current = try sample.configured().identityProvider
        var change = change
        if let origin {
            try change.take(
                try sample.metadata(),
                certificates: sample.listed.map(SampleMetadata.certificate),
                from: origin,
                over: current
            )
        }
        return try change.applied(to: current, loopbackHTTP: .refused)
    }

    @Test("A URL is kept with the import, in pinned mode; the mode stays at the next one of the same URL alone")
    func imported() throws {
        var change = SAMLConfigurationChange()
        try change.take(
            try SampleMetadata().metadata(),
            certificates: [SampleMetadata.certificate("A")],
            from: .url(SampleMetadata.url),
            over: nil
        )
        let first = try change.applied(to: nil, loopbackHTTP: .refused)
        #expect(first.metadataSource == MetadataSource(url: SampleMetadata.url, mode: .pinned))
        let again = try self.applied(SampleMetadata(mode: .automatic), from: .url(SampleMetadata.url))
        #expect(again.metadataSource == MetadataSource(url: SampleMetadata.url, mode: .automatic))
        let other = try self.applied(SampleMetadata(mode: .automatic), from: .url("https://idp.example/new"))
        #expect(other.metadataSource == MetadataSource(url: "https://idp.example/new", mode: .pinned))
        let malformed = #expect(throws: ConfigurationMistakes.self) {
            try self.applied(from: .url("http://idp.example/"))
        }
        #expect(malformed?.mistakes.map(\.field) == ["metadata_url"])
    }

    @Test("A file, or another issuer that somebody types, ends the refreshes; everything else does not")
    func forgotten() throws {
        #expect(try self.applied(from: .file).metadataSource == nil)
        #expect(try self.applied(from: nil, SAMLConfigurationChange(issuer: "urn:other")).metadataSource == nil)
        let same = SAMLConfigurationChange(issuer: "https://idp.example/metadata", signRequests: true)
        #expect(try self.applied(from: nil, same).metadataSource?.url == SampleMetadata.url)
        let byHand = SAMLConfigurationChange(certificates: [SampleMetadata.certificate("B")])
        #expect(try self.applied(from: nil, byHand).metadataSource?.mode == .pinned)
    }

    @Test("The mode is chosen where there is a URL")
    func mode() throws {
        for mode in MetadataRefreshMode.allCases {
            let chosen = try self.applied(from: nil, SAMLConfigurationChange(metadataRefresh: mode))
            #expect(chosen.metadataSource?.mode == mode)
        }
        let error = #expect(throws: ConfigurationMistakes.self) {
            try self.applied(from: .file, SAMLConfigurationChange(metadataRefresh: .automatic))
        }
        #expect(error?.mistakes.map(\.field) == ["metadata_refresh"])
    }

    @Test("What automatic metadata would undo cannot be typed beside it")
    func automatic() throws {
        let sample = SampleMetadata(mode: .automatic)
        var change = SAMLConfigurationChange(
            signInURL: "https://idp.example/other",
            certificates: [SampleMetadata.certificate("B")]
        )
        let error = #expect(throws: ConfigurationMistakes.self) { try self.applied(sample, from: nil, change) }
        #expect(error?.mistakes.map(\.field) == ["sign_in_url", "certificates"])
        change.metadataRefresh = .pinned
        #expect(try self.applied(sample, from: nil, change).certificates.map(\.sha256Fingerprint) == ["B:B"])
        let restated = SAMLConfigurationChange(
            signInURL: SampleMetadata.signInURL,
            certificates: [SampleMetadata.certificate("A")]
        )
        #expect(try self.applied(sample, from: nil, restated).metadataSource?.mode == .automatic)
    }

    @Test("T4 the URL and the mode are among the differences that are audited")
    func differences() throws {
        let sample = try SampleMetadata().configured()
        let administration = WorkspaceAdministration(configured: sample, actor: .operator, now: SampleMetadata.now)
        let outcome = try administration.configureSAML(
            SAMLConfigurationChange(metadataRefresh: .automatic),
            loopbackHTTP: .refused
        )
        #expect(outcome.differences.map(\.field) == ["metadata_refresh"])
        #expect(outcome.events.first?.detail["old_metadata_refresh"] == "pinned")
    }
}
