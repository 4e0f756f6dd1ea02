import Foundation
import Storage
import Workspaces

/// What the doctor says of Portico's own keys: whether the secret key opens them, and how long they last.
struct KeyExamination: Sendable {
    let settings: Settings
    let now: Date

    /// How long before its end a certificate is told of.
    private static let notice: TimeInterval = 60 * 86_400

    /// Looks at the keys that are not retired.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings, role: StorageRole.operator)
        return try await DoctorConnection.with(configuration) { pool in
            [
                try await self.finding(SPKeyStore(pool: pool), self.settings.secretKeys),
                try await self.finding(IdentityKeyStore(pool: pool), self.settings.secretKeys),
            ]
        }
    }

    private func finding(_ store: SPKeyStore, _ secrets: SecretKeyring) async throws -> DoctorFinding {
        let check = "SAML keys"
        let materials: [SPKeyMaterial]
        do {
            materials = try await store.opened(with: secrets, now: self.now)
        } catch let failure as SealingFailure {
            return .failure(check, failure.problem, remedy: failure.remedy)
        }
        guard let end = materials.map(\.key.certificateEnd).min() else {
            return .ok(check, "none yet: the first start of `portico serve` makes them")
        }
        guard end.timeIntervalSince(self.now) > Self.notice else {
            return .warning(
                check,
                "a certificate of Portico's own ends at \(end.formatted(.iso8601))",
                remedy: "run `portico keys rotate`"
            )
        }
        return .ok(check, "\(materials.count), which the secret key opens")
    }

    private func finding(_ store: IdentityKeyStore, _ secrets: SecretKeyring) async throws -> DoctorFinding {
        let check = "identity keys"
        let materials: [IdentityKeyMaterial]
        do {
            materials = try await store.opened(with: secrets, now: self.now)
        } catch let failure as SealingFailure {
            return .failure(check, failure.problem, remedy: failure.remedy)
        }
        guard !materials.isEmpty else {
            return .ok(check, "none yet: the first start of `portico serve` makes one")
        }
        return .ok(check, "\(materials.count), which the secret key opens")
    }
}
