import Foundation
import SAML
import Storage
import Testing
import WebSSO
import Workspaces
import XMLSecurity

/// Portico's own SAML keys in tests: made once for all of them, because that takes seconds.
enum TestKeys {
    /// The secret key of every installation.
    static let secrets = Result {
        try #require(SecretKeyring([[UInt8](repeating: 7, count: SecretKeyring.keyLength)]))
    }

    /// Unstructured, because the first test makes them for all.
    private static let first = Task { try await Self.make() }
    private static let second = Task { try await Self.make() }

    /// A directory whose keys are made, kept and read.
    static func directory(over database: TestDatabase, clock: ManualClock) async throws -> SPKeyDirectory {
        let store = SPKeyStore(pool: database.pool)
        let secrets = try Self.secrets.get()
        try await store.create(try await Self.first.value, with: secrets, now: clock.now)
        let directory = SPKeyDirectory(store: store, secrets: secrets, now: { clock.now })
        try await directory.refresh()
        return directory
    }

    /// Rotates the keys of an installation, as the operator does.
    static func rotate(
        _ installation: TestInstallation,
        overlap: Duration,
        with secrets: SecretKeyring? = nil
    ) async throws {
        let new = try await Self.second.value
        let now = installation.clock.now
        _ = try await SPKeyStore(pool: installation.database.inspection)
            .rotate(to: new, with: try secrets ?? Self.secrets.get()) { schedule in
                try SPKeyRotation.decide(
                    schedule,
                    adding: new.map(\.key),
                    overlap: overlap,
                    actor: .operator,
                    now: now
                )
            }
        try await installation.keys.refresh()
    }

    private static func make() async throws -> [SPKeyMaterial] {
        try await SPKeyMaker.make(SPKeyUse.allCases, now: ManualClock().now)
    }
}

extension TestInstallation {
    /// The certificates that metadata names for a use, in order.
    func certificates(_ use: SPKeyUse) throws -> [SigningCertificate] {
        let schedule = try #require(self.keys.current).schedule
        return try schedule.published(use, at: self.clock.now).map { try SigningCertificate(der: $0.certificate) }
    }
}
