import Synchronization
package import Workspaces

/// Counts how sign-ins end, and sign-outs, over all workspaces.
package final class SSOCounter: Sendable {
    /// Who began a sign-out.
    package enum SignOutInitiator: String, Sendable, Hashable, CaseIterable {
        /// The person, at Portico.
        case person
        /// The identity provider, by a logout request that ended a session.
        case identityProvider = "identity_provider"
    }

    private struct State {
        var signIns: [AuditEvent.Outcome: UInt64] = [:]
        var signOuts: [SignOutInitiator: UInt64] = [:]
    }

    private let state = Mutex(State())

    /// Makes a counter that has counted nothing.
    package init() {}

    /// How often a response of an identity provider led to a session, or to none for this reason.
    package var signIns: [AuditEvent.Outcome: UInt64] { self.state.withLock { $0.signIns } }

    /// How often a session ended by a sign-out.
    package var signOuts: [SignOutInitiator: UInt64] { self.state.withLock { $0.signOuts } }

    func countSignIn(_ outcome: AuditEvent.Outcome) {
        self.state.withLock { $0.signIns[outcome, default: 0] += 1 }
    }

    func countSignOut(by initiator: SignOutInitiator) {
        self.state.withLock { $0.signOuts[initiator, default: 0] += 1 }
    }
}
