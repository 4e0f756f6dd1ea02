package import FoundationEssentials

/// The keys of the installation and which of them does what at a time.
///
/// The keys are the installation's: metadata is published for all workspaces together and for each, and names the same
/// certificates, because an identity provider cannot tell apart what two workspaces on it ask for.
package struct SPKeySchedule: Hashable, Sendable {
    /// The keys, in no order that means anything.
    package let keys: [SPKey]

    /// Takes keys as they are stored.
    package init(_ keys: [SPKey]) {
        self.keys = keys
    }

    /// The uses for which there is no active key: those of a new installation.
    package func missing(at now: Date) -> [SPKeyUse] {
        SPKeyUse.allCases.filter { self.keys($0, [.active], at: now).isEmpty }
    }

    /// The key that signs; `nil` in a new installation.
    package func signing(at now: Date) -> SPKey? {
        self.keys(.signing, [.active], at: now).first
    }

    /// The keys that decrypt, the newest first: the next one too, since its certificate is published.
    package func decrypting(at now: Date) -> [SPKey] {
        self.keys(.encryption, [.next, .active], at: now)
    }

    /// The keys whose certificates stand in metadata (saml-metadata 2.4.1.1).
    ///
    /// Of signing keys the active one first and then the next one, which identity providers have to know before it signs.
    /// Of encryption keys only the newest: they shall stop to encrypt to the old one before it retires.
    package func published(_ use: SPKeyUse, at now: Date) -> [SPKey] {
        let settled = self.keys(use, [.next, .active], at: now)
            .filter { $0.state(at: now) == .active || $0.createdAt.advanced(by: SPKey.settlingTime) <= now }
        switch use {
        case .signing: return settled.reversed()
        case .encryption: return settled.first.map { [$0] } ?? []
        }
    }

    /// The keys that are neither active nor retired.
    package func next(at now: Date) -> [SPKey] {
        self.keys.filter { $0.state(at: now) == .next }
    }

    /// The keys of a use in some states, the latest to become active first.
    private func keys(_ use: SPKeyUse, _ states: Set<SPKeyState>, at now: Date) -> [SPKey] {
        self.keys.filter { $0.use == use && states.contains($0.state(at: now)) }
            .sorted {
                ($0.activeFrom, $0.createdAt, $0.id.description) > ($1.activeFrom, $1.createdAt, $1.id.description)
            }
    }
}
