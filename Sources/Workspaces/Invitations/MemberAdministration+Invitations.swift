/// What is decided about invitations and their links.
extension MemberAdministration {
    /// Invites an address with a role, by a link that takes the place of an earlier one (behavior D3, D4).
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - roleName: The role that the person gets, unless the identity provider names another; `nil` where it alone
    ///     manages roles.
    ///   - user: What is known of the address.
    ///   - token: The link's secret.
    ///   - lifetime: How long the link works.
    /// - Returns: What is written.
    /// - Throws: ``AdministrationRefusal``, as without a link.
    package func invite(
        _ email: Email,
        roleName: String?,
        user: UserRegistration,
        by token: SecretToken<InvitationLink>,
        lifetime: Duration = InvitationLink.usualLifetime
    ) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        self.linked(try self.invite(email, roleName: roleName, user: user), by: token, lifetime: lifetime)
    }

    /// Makes a new link for an invitation, which takes the place of the earlier one.
    package func renewInvitation(
        by token: SecretToken<InvitationLink>,
        lifetime: Duration = InvitationLink.usualLifetime
    ) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let invited = try self.invited()
        let unchanged = MemberAdministrationOutcome(write: .save(.unchanged(invited)), sessionEffects: [], events: [])
        return self.linked(unchanged, by: token, lifetime: lifetime)
    }

    /// Invites an address with a role, by a mail with the link.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - roleName: The role that the person gets, unless the identity provider names another; `nil` where it alone
    ///     manages roles.
    ///   - user: What is known of the address.
    ///   - lifetime: How long the link works.
    /// - Returns: What is written.
    /// - Throws: ``AdministrationRefusal``, as without a mail.
    package func inviteByMail(
        _ email: Email,
        roleName: String?,
        user: UserRegistration,
        lifetime: Duration = InvitationLink.usualLifetime
    ) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        self.mailed(try self.invite(email, roleName: roleName, user: user), lifetime: lifetime)
    }

    /// Sends the mail of an invitation again, with a new link.
    package func mailInvitationAgain(
        lifetime: Duration = InvitationLink.usualLifetime
    ) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let invited = try self.invited()
        let unchanged = MemberAdministrationOutcome(write: .save(.unchanged(invited)), sessionEffects: [], events: [])
        return self.mailed(unchanged, lifetime: lifetime)
    }

    /// Takes an invitation back; whoever the identity provider names comes in all the same (behavior R6).
    package func withdrawInvitation() throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        _ = try self.invited()
        return try self.remove()
    }

    /// Finds out whether an invitation would take the place of another one unseen: its role would change, and its link open
    /// nothing any more.
    ///
    /// - Parameters:
    ///   - roleName: The role that is wanted; `nil` where nobody names one.
    ///   - shown: The role of the invitation that somebody was shown; `nil` where nobody was.
    /// - Throws: ``InvitedOtherwise``.
    package func checkInvitation(as roleName: String?, shown: String?) throws(InvitedOtherwise) {
        guard let invitation = self.membership, invitation.state == .invited else { return }
        let present = invitation.role?.name ?? ""
        guard let roleName, roleName != present, shown != present else { return }
        throw InvitedOtherwise(invitation: invitation)
    }

    private func invited() throws(AdministrationRefusal) -> Membership {
        let membership = try self.member()
        guard membership.state == .invited else { throw .alreadyAMember(membership.state) }
        return membership
    }

    private func linked(
        _ outcome: MemberAdministrationOutcome,
        by token: SecretToken<InvitationLink>,
        lifetime: Duration
    ) -> MemberAdministrationOutcome {
        guard let membership = outcome.membership else { return outcome }
        let link = InvitationLink(
            to: membership,
            of: self.configured.workspace.id,
            token: token,
            lifetime: lifetime,
            now: self.now
        )
        return MemberAdministrationOutcome(
            write: outcome.write,
            sessionEffects: outcome.sessionEffects,
            events: outcome.events + [link.creationEvent(by: self.actor)],
            invitation: link
        )
    }

    private func mailed(_ outcome: MemberAdministrationOutcome, lifetime: Duration) -> MemberAdministrationOutcome {
        guard let membership = outcome.membership else { return outcome }
        let event = AuditEvent(
            time: self.now,
            workspaceID: self.configured.workspace.id,
            actor: self.actor,
            action: .invitationMailRequested,
            email: membership.email.value
        )
        return MemberAdministrationOutcome(
            write: outcome.write,
            sessionEffects: outcome.sessionEffects,
            events: outcome.events + [event],
            invitationMail: InvitationMail(userID: membership.userID, lifetime: lifetime)
        )
    }
}
