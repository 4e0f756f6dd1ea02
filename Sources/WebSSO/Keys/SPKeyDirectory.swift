package import FoundationEssentials
package import Storage
import Synchronization
import Workspaces

/// Portico's own SAML keys in memory; whoever runs it reads them again every few seconds.
package final class SPKeyDirectory: Sendable {
    private let store: SPKeyStore
    private let secrets: SecretKeyring
    private let now: @Sendable () -> Date
    private let keys = Mutex<OpenedSPKeys?>(nil)

    /// Makes a directory without keys.
    ///
    /// - Parameters:
    ///   - store: Where the keys are kept.
    ///   - secrets: Encrypts and decrypts the private halves.
    ///   - now: The clock.
    package init(
        store: SPKeyStore,
        secrets: SecretKeyring,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.secrets = secrets
        self.now = now
    }

    /// The keys as they were read last; `nil` before the first time.
    package var current: OpenedSPKeys? { self.keys.withLock { $0 } }

    /// Reads the keys, and makes those of a new installation.
    ///
    /// - Throws: `SealingFailure` when the secret key is another one: what was read before stays, but for what is retired
    ///   now. `PostgreSQLError`: what was read before stays.
    package func refresh() async throws {
        let now = self.now()
        var materials: [SPKeyMaterial]
        do {
            materials = try await self.store.opened(with: self.secrets, now: now)
        } catch let failure as SealingFailure {
            // A key that leaked and was revoked does not go on because another one cannot be opened.
            let schedule = try await self.store.schedule()
            self.keys.withLock { $0 = $0?.restricted(to: schedule) }
            throw failure
        }
        let missing = SPKeySchedule(materials.map(\.key)).missing(at: now)
        if !missing.isEmpty {
            // Made before the lock is taken: it takes a second, and the loser of two nodes throws its own away.
            let made = try await SPKeyMaker.make(missing, now: now)
            try await self.store.create(made, with: self.secrets, now: now)
            materials = try await self.store.opened(with: self.secrets, now: now)
        }
        let opened = try OpenedSPKeys(materials)
        self.keys.withLock { $0 = opened }
    }
}
