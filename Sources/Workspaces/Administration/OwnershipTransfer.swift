package import FoundationEssentials

/// Decides who owns a workspace next (rulings 27): an active administrator, by the owner's word or the operator's.
///
/// The owner keeps the administrator's role, which the identity provider manages from then on (behavior R7, A3). Nobody gives
/// the ownership to somebody who could not get in (decision 0037).
package struct OwnershipTransfer: Hashable, Sendable {
    /// What is written, all in one transaction and in this order.
    package struct Outcome: Hashable, Sendable {
        /// The old owner, then the new one; empty when the person owns the workspace already.
        package let changes: [MembershipChange]
        /// What happens to open sessions.
        package let sessionEffects: [SessionEffect]
        /// What the audit log says.
        package let events: [AuditEvent]
        /// Whether nobody can get in until the new owner has a passphrase, or single sign-on is on.
        package let leavesNoWayIn: Bool
    }

    /// The workspace.
    package let configured: ConfiguredWorkspace
    /// Who owns it; `nil` for a workspace without an owner.
    package let owner: Membership?
    /// Who shall own it, if the workspace knows the address.
    package let successor: Membership?
    /// Whether the successor has a passphrase.
    package let successorHasPassphrase: Bool
    /// The roles of the installation.
    package let catalogue: RoleCatalogue
    /// On whose word.
    package let actor: AuditActor
    /// How the owner's session was opened; `nil` for the operator.
    package let method: AuthenticationMethod?
    /// The present.
    package let now: Date

    /// Puts the facts together.
    package init(
        configured: ConfiguredWorkspace,
        owner: Membership?,
        successor: Membership?,
        successorHasPassphrase: Bool,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        method: AuthenticationMethod?,
        now: Date
    ) {
        self.configured = configured
        self.owner = owner
        self.successor = successor
        self.successorHasPassphrase = successorHasPassphrase
        self.catalogue = catalogue
        self.actor = actor
        self.method = method
        self.now = now
    }

    /// Decides.
    ///
    /// - Throws: ``AdministrationRefusal/notAMember``, ``AdministrationRefusal/notTheOwner``,
    ///   ``AdministrationRefusal/notAnActiveAdmin``, ``AdministrationRefusal/successorLockedOut``,
    ///   ``AdministrationRefusal/singleSignOnNotShown``.
    package func decide() throws(AdministrationRefusal) -> Outcome {
        // An administrator must not make themselves the owner.
        if case .member(let email) = self.actor, self.owner?.email != email { throw .notTheOwner }
        guard let successor = self.successor else { throw .notAMember }
        guard !successor.isOwner else {
            return Outcome(changes: [], sessionEffects: [], events: [], leavesNoWayIn: false)
        }
        guard successor.state == .active, successor.role == self.catalogue.admin else { throw .notAnActiveAdmin }
        let leavesNoWayIn = self.leavesNoWayIn
        if leavesNoWayIn, self.actor != .operator { throw .successorLockedOut(successor.email) }
        if self.takesTheOnlyPassphrase, self.method == .passphrase { throw .singleSignOnNotShown(successor.email) }
        var changes: [MembershipChange] = []
        var detail: [String: String] = [:]
        if let owner {
            var former = owner
            former.isOwner = false
            former.roleSource = .manual
            former.authzVersion += 1
            changes.append(.updated(from: owner, to: former))
            detail["old_owner"] = owner.email.value
        }
        var next = successor
        next.isOwner = true
        next.roleSource = .owner
        next.authzVersion += 1
        changes.append(.updated(from: successor, to: next))
        let people = [self.owner, successor].compactMap { $0 }
        return Outcome(
            changes: changes,
            sessionEffects: people.map { .refresh(.member(self.configured.workspace.id, $0.userID)) },
            events: [
                AuditEvent(
                    time: self.now,
                    workspaceID: self.configured.workspace.id,
                    actor: self.actor,
                    action: .ownershipTransferred,
                    email: successor.email.value,
                    detail: detail
                )
            ],
            leavesNoWayIn: leavesNoWayIn
        )
    }

    /// Whether the ownership takes the only passphrase with it: only the owner may have one, and the next one has none.
    private var takesTheOnlyPassphrase: Bool {
        self.configured.workspace.localSignIn == .owner && !self.successorHasPassphrase
    }

    /// Whether the ownership takes the only way in with it, since single sign-on is off.
    private var leavesNoWayIn: Bool {
        self.configured.identityProvider?.enabled != true && self.takesTheOnlyPassphrase
    }
}
