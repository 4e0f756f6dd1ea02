package import FoundationEssentials
import Storage
package import Workspaces

/// The keys of the identity token, ready for use.
package struct OpenedIdentityKeys: Sendable {
    private let schedule: IdentityKeySchedule
    private let signingKeys: [IdentityKeyID: IdentitySigningKey]

    /// Takes opened keys.
    init(_ materials: [IdentityKeyMaterial]) {
        self.schedule = IdentityKeySchedule(materials.map(\.key))
        self.signingKeys = Dictionary(materials.map { ($0.key.id, $0.signingKey) }) { first, _ in first }
    }

    private init(schedule: IdentityKeySchedule, signingKeys: [IdentityKeyID: IdentitySigningKey]) {
        self.schedule = schedule
        self.signingKeys = signingKeys
    }

    /// Those that are not retired at a time by a schedule, with the times that it says.
    func restricted(to schedule: IdentityKeySchedule, at now: Date) -> OpenedIdentityKeys {
        let kept = schedule.keys.filter { self.signingKeys[$0.id] != nil && $0.state(at: now) != .retired }
        let ids = Set(kept.map(\.id))
        return OpenedIdentityKeys(
            schedule: IdentityKeySchedule(kept),
            signingKeys: self.signingKeys.filter { ids.contains($0.key) }
        )
    }

    /// The names of the keys.
    package var ids: Set<IdentityKeyID> { Set(self.signingKeys.keys) }

    /// The key that signs at a time.
    func signing(at now: Date) -> IdentitySigningKey? {
        self.schedule.signing(at: now).flatMap { self.signingKeys[$0.id] }
    }

    /// What upstreams are told at a time.
    package func keySet(at now: Date) -> JSONWebKeySet {
        JSONWebKeySet(keys: self.schedule.published(at: now).compactMap { self.signingKeys[$0.id]?.webKey })
    }
}
