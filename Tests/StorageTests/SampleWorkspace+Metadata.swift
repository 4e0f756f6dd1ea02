import Foundation
import SAML
import Storage
import Testing
import Workspaces

/// The metadata of a sample's identity provider, fetched from a URL.
extension SampleWorkspace {
    static let metadataURL = "https://idp.example/metadata"

    /// What `portico serve` would work with.
    var refreshes: MetadataRefreshStore { MetadataRefreshStore(pool: self.storage.service) }

    /// A certificate of one byte, or the one that every sample pins at first.
    static func certificate(_ number: UInt8) -> PinnedCertificate {
        number == 1
            ? PinnedCertificate(der: [1, 2, 3], sha256Fingerprint: Self.fingerprint, notAfter: .distantFuture)
            : PinnedCertificate(
                der: [number],
                sha256Fingerprint: "0\(number):0\(number)",
                notAfter: Self.now.addingTimeInterval(86_400)
            )
    }

    static func metadata(validUntil: Date? = nil) throws -> IdPMetadata {
        IdPMetadata(
            entityID: try #require(EntityID(Self.issuer)),
            signInServices: [MetadataEndpoint(binding: .httpRedirect, location: "https://idp.example/sso")],
            logoutServices: [],
            signingCertificates: [],
            wantsSignedRequests: false,
            nameIDFormats: [],
            validUntil: validUntil,
            cacheDuration: nil
        )
    }

    /// Imports metadata that lists the certificate of the sample, as an operator does.
    func importMetadata(
        from origin: MetadataOrigin = .url(Self.metadataURL),
        mode: MetadataRefreshMode? = nil,
        listing numbers: [UInt8] = [1],
        now: Date = Self.now
    ) async throws {
        let metadata = try Self.metadata()
        try await self.workspaces.administer(self.scope, actor: .operator, now: now) { administration in
            var change = SAMLConfigurationChange(metadataRefresh: mode)
            try change.take(
                metadata,
                certificates: numbers.map(Self.certificate),
                from: origin,
                over: administration.configured.identityProvider
            )
            return try administration.configureSAML(change, loopbackHTTP: .refused)
        }
    }

    /// Takes metadata that was fetched anew, as `portico serve` does.
    @discardableResult
    func refreshMetadata(
        listing numbers: [UInt8],
        validUntil: Date? = nil,
        now: Date = Self.now
    ) async throws -> MetadataRefreshOutcome? {
        let metadata = try Self.metadata(validUntil: validUntil)
        return try await self.refreshes.refresh(self.scope, now: now) { configured, state in
            MetadataRefresh(configured: configured, state: state, actor: .system, now: now, jitter: 0)
                .succeeded(
                    metadata,
                    certificates: numbers.map(Self.certificate),
                    from: Self.metadataURL,
                    loopbackHTTP: .refused
                )
        }
    }

    /// Notes that nothing could be fetched.
    @discardableResult
    func failMetadata(now: Date = Self.now) async throws -> MetadataRefreshOutcome? {
        try await self.refreshes.refresh(self.scope, now: now) { configured, state in
            MetadataRefresh(configured: configured, state: state, actor: .system, now: now, jitter: 0)
                .failed("It is \0 away.", from: Self.metadataURL)
        }
    }

    /// The bytes of the pinned certificates.
    func pinned() async throws -> [[UInt8]] {
        let configured = try await WorkspaceDirectory(pool: self.storage.service).configuredWorkspace(self.scope)
        return configured?.identityProvider?.certificates.map(\.der) ?? []
    }
}
