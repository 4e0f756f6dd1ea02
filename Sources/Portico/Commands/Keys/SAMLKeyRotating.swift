import Foundation
import PostgreSQL
import Storage
import WebSSO
import Workspaces

/// The rotation of the keys for SAML.
struct SAMLKeyRotating: KeyRotating {
    let pool: ConnectionPool
    let overlap: Duration
    let now: Date

    private var store: SPKeyStore { SPKeyStore(pool: self.pool) }

    func check() async throws {
        _ = try self.decide(try await self.store.schedule(), adding: [])
    }

    func rotate(with secrets: SecretKeyring) async throws {
        let new = try await SPKeyMaker.make(SPKeyUse.allCases, now: self.now)
        try await self.store.rotate(to: new, with: secrets) { try self.decide($0, adding: new.map(\.key)) }
    }

    private func decide(_ schedule: SPKeySchedule, adding new: [SPKey]) throws -> SPKeyRotation {
        try SPKeyRotation.decide(schedule, adding: new, overlap: self.overlap, actor: .operator, now: self.now)
    }
}
