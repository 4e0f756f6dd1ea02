package import FoundationEssentials
package import Storage
import Synchronization
package import Workspaces

/// The keys of the identity token in memory; whoever runs it reads them again every few seconds.
package final class IdentityKeyDirectory: Sendable {
    private let store: IdentityKeyStore
    private let secrets: SecretKeyring
    private let now: @Sendable () -> Date
    private let keys = Mutex<OpenedIdentityKeys?>(nil)

    /// Makes a directory without keys.
    ///
    /// - Parameters:
    ///   - store: Where the keys are kept.
    ///   - secrets: Encrypts and decrypts the private halves.
    ///   - now: The clock.
    package init(
        store: IdentityKeyStore,
        secrets: SecretKeyring,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.secrets = secrets
        self.now = now
    }

    /// The keys as they were read last; `nil` before the first time.
    package var current: OpenedIdentityKeys? { self.keys.withLock { $0 } }

    /// Reads the keys, and makes the first of a new installation.
    ///
    /// - Throws: `SealingFailure` when the secret key is another one: what was read before stays, but for what is retired
    ///   now. `PostgreSQLError`: what was read before stays.
    package func refresh() async throws {
        let now = self.now()
        var materials: [IdentityKeyMaterial]
        do {
            materials = try await self.store.opened(with: self.secrets, now: now)
        } catch let failure as SealingFailure {
            // A key that leaked and was revoked does not go on because another one cannot be opened.
            let schedule = try await self.store.schedule()
            self.keys.withLock { $0 = $0?.restricted(to: schedule, at: now) }
            throw failure
        }
        if IdentityKeySchedule(materials.map(\.key)).signing(at: now) == nil {
            try await self.store.create(.generate(), with: self.secrets, now: now)
            materials = try await self.store.opened(with: self.secrets, now: now)
        }
        let opened = OpenedIdentityKeys(materials)
        self.keys.withLock { $0 = opened }
    }

    /// Signs the identity token of a session.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - issuer: The public URL.
    ///   - audience: The name of the route.
    ///   - now: The present.
    /// - Returns: The token in its compact form; `nil` while there is no key to sign with.
    package func token(for session: Session, issuer: String, audience: String, now: Date) -> [UInt8]? {
        guard let key = self.current?.signing(at: now) else { return nil }
        let claims = IdentityClaims(of: session, issuer: issuer, audience: audience, tokenID: .random(), now: now)
        return try? key.sign(claims)
    }
}
