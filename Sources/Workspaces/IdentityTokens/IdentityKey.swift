package import FoundationEssentials

/// One of the keys that sign identity tokens, without its private half.
///
///     created        activeFrom       signsUntil                        retiresAt
///        |-- next --------|--- active ------|------------ former ------------|-- retired
///
/// All of it but `retired` is the time in which the key is published. States follow from times, so no node has to do
/// anything at the moment when one ends, and all nodes agree.
package struct IdentityKey: Hashable, Sendable {
    /// How long a key stays published after its last signature: a week, and a day for a node that learned late of the
    /// key that took its place.
    package static let formerTime = Duration.seconds(8 * 86_400)
    /// The shortest time that a key is published before it signs: well above the time for which ``JSONWebKeySet`` may
    /// be cached.
    package static let shortestLead = Duration.seconds(3_600)

    /// The identifier.
    package let id: IdentityKeyID
    /// When the key was made, which is when it was published.
    package let createdAt: Date
    /// From when on it signs.
    package var activeFrom: Date
    /// From when on another one signs, exclusive; `nil` while none is to take its place.
    package var signsUntil: Date?
    /// From when on it is not published, exclusive; `nil` while no other key is to take its place.
    package var retiresAt: Date?

    /// Puts a key together.
    package init(
        id: IdentityKeyID,
        createdAt: Date,
        activeFrom: Date,
        signsUntil: Date? = nil,
        retiresAt: Date? = nil
    ) {
        self.id = id
        self.createdAt = createdAt
        self.activeFrom = activeFrom
        self.signsUntil = signsUntil
        self.retiresAt = retiresAt
    }

    /// Where the key is in its life.
    package func state(at now: Date) -> IdentityKeyState {
        if let retiresAt, now >= retiresAt { return .retired }
        if let signsUntil, now >= signsUntil { return .former }
        return now < self.activeFrom ? .next : .active
    }
}
