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
    /// - Returns: The keys that were known and are published no more: what they signed shall not be sent again.
    /// - Throws: `SealingFailure` when the secret key is another one; `PostgreSQLError`; what was read before stays.
    @discardableResult
    package func refresh() async throws -> Set<IdentityKeyID> {
        let now = self.now()
        var materials = try await self.store.opened(with: self.secrets, now: now)
        if IdentityKeySchedule(materials.map(\.key)).signing(at: now) == nil {
            try await self.store.create(.generate(), with: self.secrets, now: now)
            materials = try await self.store.opened(with: self.secrets, now: now)
        }
        let opened = OpenedIdentityKeys(materials)
        return self.keys.withLock { keys in
            defer { keys = opened }
            return (keys?.ids ?? []).subtracting(opened.ids)
        }
    }

    /// Encrypts the stored keys anew where that was done under an older secret key.
    ///
    /// - Returns: How many those were.
    /// - Throws: `SealingFailure`, `PostgreSQLError`.
    package func reseal() async throws -> Int {
        try await self.store.reseal(with: self.secrets, now: self.now())
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
        let claims = IdentityClaims(of: session, issuer: issuer, audience: audience, tokenID: UUID(), now: now)
        return try? key.sign(claims)
    }
}
