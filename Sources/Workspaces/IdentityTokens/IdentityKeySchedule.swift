package import FoundationEssentials

/// The keys of the identity token and which of them does what at a time.
package struct IdentityKeySchedule: Hashable, Sendable {
    /// The keys, in no order that means anything.
    package let keys: [IdentityKey]

    /// Takes keys as they are stored.
    package init(_ keys: [IdentityKey]) {
        self.keys = keys
    }

    /// The key that signs; `nil` in a new installation.
    package func signing(at now: Date) -> IdentityKey? {
        self.keys(.active, at: now).first
    }

    /// The keys that are published: the one that signs, the next ones, the former ones.
    package func published(at now: Date) -> [IdentityKey] {
        self.keys(.active, at: now) + self.keys(.next, at: now) + self.keys(.former, at: now)
    }

    /// The keys that are published and have not signed yet.
    package func next(at now: Date) -> [IdentityKey] {
        self.keys(.next, at: now)
    }

    /// The keys in a state, the latest to become active first.
    private func keys(_ state: IdentityKeyState, at now: Date) -> [IdentityKey] {
        self.keys.filter { $0.state(at: now) == state }
            .sorted {
                ($0.activeFrom, $0.createdAt, $0.id.description) > ($1.activeFrom, $1.createdAt, $1.id.description)
            }
    }
}
