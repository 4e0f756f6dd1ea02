import Foundation
import Storage

/// What the doctor says of the secret keys: what stands under which, and whether one may be taken out of `SECRET_KEY`.
struct SecretKeyExamination: Sendable {
    let settings: Settings
    let now: Date

    private static let check = "secret key"

    /// Counts what is stored under each secret key.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings, role: StorageRole.operator)
        let inventory = try await DoctorConnection.with(configuration) { pool in
            try await SealedInventory(pool: pool, now: self.now)
        }
        return Self.findings(inventory, self.settings.secretKeys)
    }

    private static func findings(_ inventory: SealedInventory, _ secrets: SecretKeyring) -> [DoctorFinding] {
        let current = secrets.currentID
        var findings: [DoctorFinding] = []
        for id in inventory.secretKeyIDs where id != current {
            let detail = "\(Self.list(inventory, id)) under \(id), which is not the first of SECRET_KEY"
            if secrets.ids.contains(id) {
                findings.append(
                    .warning(
                        Self.check,
                        detail,
                        remedy: "the operator leaves that key in SECRET_KEY: `portico serve` puts everything under the"
                            + " first one at its start and every hour. An audit log that stays was changed:"
                            + " `portico audit --verify` tells"
                    )
                )
            } else {
                findings.append(
                    .failure(Self.check, detail + " and not listed there", remedy: Self.remedy(inventory, id))
                )
            }
        }
        let others = secrets.ids.dropFirst().filter { !inventory.secretKeyIDs.contains($0) }
        let spare = others.isEmpty ? "" : "; nothing under \(others.joined(separator: ", ")), to be taken out"
        findings.append(
            .ok(Self.check, "\(Self.list(inventory, current)) under \(current), the first of SECRET_KEY\(spare)")
        )
        return findings
    }

    /// What to do about what stands under a key that is not at hand.
    private static func remedy(_ inventory: SealedInventory, _ id: String) -> String {
        var steps: [String] = []
        if inventory.count(.samlKeys, under: id) + inventory.count(.identityKeys, under: id) > 0 {
            steps.append("`portico keys rotate --overlap 0s` makes new keys")
        }
        if inventory.count(.authenticatorApps, under: id) > 0 {
            steps.append("`portico member break-glass` makes the link by which an owner sets up another app")
        }
        if inventory.count(.auditChains, under: id) > 0 {
            steps.append("`portico audit --begin-anew` goes on with a log whose past nobody can verify then")
        }
        return
            "the operator lists that key in SECRET_KEY, after the first; if it is lost, \(steps.joined(separator: ", "))"
    }

    private static func list(_ inventory: SealedInventory, _ id: String) -> String {
        let parts = SealedInventory.Kind.allCases.compactMap { kind -> String? in
            let count = inventory.count(kind, under: id)
            guard count > 0 else { return nil }
            return switch kind {
            case .samlKeys: "\(count) SAML keys"
            case .identityKeys: "\(count) identity keys"
            case .authenticatorApps: "\(count) authenticator apps"
            case .auditChains: "\(count) audit logs"
            }
        }
        return parts.isEmpty ? "nothing yet" : parts.joined(separator: ", ")
    }
}
