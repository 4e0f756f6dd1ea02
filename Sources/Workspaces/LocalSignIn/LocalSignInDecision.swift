package import FoundationEssentials

/// Decides whether somebody comes in with a passphrase (behavior A5, C2, D2, D3, M1, Q12; rulings 26, 27).
///
/// The order does not show: whatever is wrong, the person gets one answer, and the audit log the reason.
package struct LocalSignInDecision: Hashable, Sendable {
    /// How it ends.
    package enum Outcome: Hashable, Sendable {
        /// The person comes in, which may make an invited one a member.
        case accepted(MembershipChange)
        /// Nobody does.
        case refused(LocalSignInRefusal)
    }

    /// The workspace.
    package let configured: ConfiguredWorkspace
    /// The person, if the workspace knows the address.
    package let membership: Membership?
    /// The number of active members; it counts only where seats are limited.
    package let activeMembers: Int
    /// What the form has proved.
    package let proof: LocalSignInProof

    /// Puts the facts together.
    package init(
        configured: ConfiguredWorkspace,
        membership: Membership?,
        activeMembers: Int,
        proof: LocalSignInProof
    ) {
        self.configured = configured
        self.membership = membership
        self.activeMembers = activeMembers
        self.proof = proof
    }

    /// The outcome.
    package var outcome: Outcome {
        do throws(LocalSignInRefusal) {
            return .accepted(try self.change())
        } catch {
            return .refused(error)
        }
    }

    private func change() throws(LocalSignInRefusal) -> MembershipChange {
        let workspace = self.configured.workspace
        guard workspace.status == .enabled else { throw .workspaceDisabled }
        guard workspace.localSignIn != .off else { throw .switchedOff }
        guard let member = self.membership else { throw .notAMember }
        guard workspace.localSignIn.admits(member) else { throw .ownerOnly }
        try self.checkProof()
        guard member.role != nil else { throw .awaitingRole }
        switch member.state {
        case .active: return .unchanged(member)
        case .deactivated: throw .deactivated
        case .notActivated: throw .awaitingRole
        case .invited: return try self.activation(of: member)
        }
    }

    private func checkProof() throws(LocalSignInRefusal) {
        switch self.proof {
        case .noPassphrase: throw .noPassphrase
        case .passphraseWrong: throw .passphraseWrong
        case .codeWrong: throw .codeWrong
        case .codeUsed: throw .codeUsed
        case .complete: return
        }
    }

    /// M1: an invited person becomes active with the invited role.
    ///
    /// The domains are the identity provider's matter for
    /// the owner, whose way in must not depend on them (rulings 26).
    private func activation(of member: Membership) throws(LocalSignInRefusal) -> MembershipChange {
        if !member.isOwner {
            do throws(SignInRefusal) {
                try DomainRule.check(member.email, membership: member, configured: self.configured)
            } catch {
                throw .emailDomain
            }
        }
        // An invitation has no role where the identity provider alone gives one, and whoever registers waits for it (A1).
        guard member.role != nil else { throw .awaitingRole }
        // C2: whoever becomes active needs a free seat.
        if let seats = self.configured.workspace.seats, self.activeMembers >= seats { throw .seatLimit }
        var new = member
        new.state = .active
        new.authzVersion += 1
        return .updated(from: member, to: new)
    }

    // MARK: - What is written about it

    /// The lines of the workspace's audit log.
    ///
    /// - Parameters:
    ///   - email: Whose address was typed.
    ///   - clientAddress: Where the browser is.
    ///   - now: The present.
    /// - Returns: What became of the membership and of the seats, where something did; the sign-in last, refused or done.
    package func events(of email: Email, clientAddress: String, now: Date) -> [AuditEvent] {
        let event = { (action: AuditAction, actor: AuditActor, outcome: AuditEvent.Outcome, detail: [String: String]) in
            AuditEvent(
                time: now,
                workspaceID: self.configured.workspace.id,
                actor: actor,
                action: action,
                email: email.value,
                outcome: outcome,
                detail: detail
            )
        }
        var detail = ["client_address": clientAddress]
        switch self.outcome {
        case .accepted(let change):
            detail["role"] = change.membership.role?.name
            detail["owner"] = change.membership.isOwner ? "yes" : "no"
            let signIn = event(.localSignIn, .member(email), .done, detail)
            guard case .updated(let old, let new) = change, new.state != old.state else { return [signIn] }
            let states = ["old_state": old.state.name, "state": new.state.name]
            return [event(.memberActivated, .member(email), .done, states), signIn]
        case .refused(let refusal):
            detail["reason"] = refusal.rawValue
            let signIn = event(.localSignIn, .system, .refused(.passphraseRefused), detail)
            guard refusal == .seatLimit, let seats = self.configured.workspace.seats else { return [signIn] }
            let used = ["seats": String(seats), "used": String(self.activeMembers)]
            return [event(.seatLimitReached, .system, .done, used), signIn]
        }
    }
}
