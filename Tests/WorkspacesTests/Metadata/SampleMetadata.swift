import FoundationEssentials
import SAML
import Testing
import Workspaces

/// A workspace whose metadata is fetched from a URL, and what the metadata says.
struct SampleMetadata {
    static let now = SampleSignIn.now
    static let url = "https://idp.example/metadata"
    static let signInURL = "https://idp.example/sso"

    var pinned = ["A"]
    var listed = ["A"]
    var mode = MetadataRefreshMode.pinned
    var state = MetadataRefreshState()
    var issuer = "https://idp.example/metadata"
    var entityID = "https://idp.example/metadata"
    var offeredSignInURL = Self.signInURL
    var source = Self.url
    var validUntil: Date?
    var cacheDuration: Duration?
    var logoutServices: [MetadataEndpoint] = []
    var singleLogout: SingleLogoutService?

    /// A certificate whose fingerprint has one letter.
    static func certificate(_ name: String) -> PinnedCertificate {
        PinnedCertificate(
            der: Array(name.utf8),
            sha256Fingerprint: "\(name):\(name)",
            notAfter: Self.now.addingTimeInterval(86_400)
        )
    }

    /// A proposal about such a certificate, made a day ago.
    static func proposal(_ name: String, _ kind: MetadataProposal.Kind, isRejected: Bool = false) -> MetadataProposal {
        MetadataProposal(
            certificate: Self.certificate(name),
            kind: kind,
            proposedAt: Self.now.addingTimeInterval(-86_400),
            rejectedAt: isRejected ? Self.now.addingTimeInterval(-3_600) : nil
        )
    }

    func configured() throws -> ConfiguredWorkspace {
        let sample = try SampleSignIn()
        var configuration = IdentityProviderConfiguration(
            enabled: true,
            signInURL: Self.signInURL,
            issuer: try #require(EntityID(self.issuer)),
            certificates: self.pinned.map(Self.certificate)
        )
        configuration.singleLogout = self.singleLogout
        configuration.metadataSource = MetadataSource(url: self.source, mode: self.mode)
        return ConfiguredWorkspace(
            workspace: sample.workspace,
            identityProvider: configuration,
            domains: sample.domains
        )
    }

    func metadata() throws -> IdPMetadata {
        IdPMetadata(
            entityID: try #require(EntityID(self.entityID)),
            signInServices: [MetadataEndpoint(binding: .httpRedirect, location: self.offeredSignInURL)],
            logoutServices: self.logoutServices,
            signingCertificates: self.listed.map { Array($0.utf8) },
            wantsSignedRequests: false,
            nameIDFormats: [],
            validUntil: self.validUntil,
            cacheDuration: self.cacheDuration
        )
    }

    func refresh(jitter: Double = 0) throws -> MetadataRefresh {
        MetadataRefresh(
            configured: try self.configured(),
            state: self.state,
            actor: .system,
            now: Self.now,
            jitter: jitter
        )
    }

    /// What comes of metadata that was fetched from the URL of the sample.
    func succeeded() throws -> MetadataRefreshOutcome? {
        try self.refresh()
            .succeeded(
                self.metadata(),
                certificates: self.listed.map(Self.certificate),
                from: Self.url,
                loopbackHTTP: .refused
            )
    }

    func review() throws -> MetadataReview {
        MetadataReview(configured: try self.configured(), state: self.state, actor: .operator, now: Self.now)
    }
}

extension MetadataRefreshOutcome {
    /// The certificates afterwards, by name; `nil` when the configuration stays.
    var pinned: [String]? {
        self.configuration?.configured.identityProvider?.certificates.map { String(decoding: $0.der, as: UTF8.self) }
    }

    /// The proposals afterwards, such as `add B` or `remove A rejected`.
    var proposals: [String] {
        self.state.proposals.map { proposal in
            let name = String(decoding: proposal.certificate.der, as: UTF8.self)
            return "\(proposal.kind.rawValue) \(name)\(proposal.isWaiting ? "" : " rejected")"
        }
    }

    /// The events, such as `metadata_change_proposed add B:B`.
    var told: [String] {
        self.allEvents.map { event in
            let about = [event.detail["change"], event.detail["sha256_fingerprint"]].compactMap { $0 }
            return ([event.action.rawValue] + about).joined(separator: " ")
        }
    }
}
