import Foundation
import PostgreSQL
import Storage
import Workspaces

/// The rotation of the keys of the identity token.
struct IdentityKeyRotating: KeyRotating {
    let pool: ConnectionPool
    let overlap: Duration
    let now: Date

    private var store: IdentityKeyStore { IdentityKeyStore(pool: self.pool) }

    func check() async throws {
        try IdentityKeyRotation.check(try await self.store.schedule(), lead: self.overlap, now: self.now)
    }

    func rotate(with secrets: SecretKeyring) async throws {
        let new = IdentitySigningKey.generate()
        try await self.store.rotate(to: new, with: secrets) { schedule in
            try IdentityKeyRotation.decide(
                schedule,
                adding: IdentityKey(id: new.id, createdAt: self.now, activeFrom: self.now),
                lead: self.overlap,
                actor: .operator,
                now: self.now
            )
        }
    }
}
