internal import FoundationEssentials
internal import SAML

/// What a decision writes beside the membership: effects and audit events (rulings 2, behavior O1).
extension ProvisioningDecision {
    /// The outcome for a person who gets in.
    func accepted(
        _ transition: MembershipTransition,
        entitlement: Entitlement,
        reading: RolesAttribute.Reading?
    ) -> ProvisioningOutcome {
        var effects = self.latchEffects(reading)
        var events = self.latchEvents(reading)
        switch transition.change {
        case .inserted(let membership):
            events.append(self.event(.memberRegistered, detail: Self.describe(membership)))
        case .updated(let old, let new):
            if new.authzVersion != old.authzVersion {
                effects.append(.refreshSessions(.member(self.workspace.id, new.userID)))
            }
            events += self.changeEvents(from: old, to: new)
        case .unchanged:
            break
        }
        let assigned = self.assignment(to: transition.membership)
        effects += assigned.effects.filter { !effects.contains($0) }
        events += assigned.events
        if let keptRole = transition.keptRole {
            var detail = ["reason": keptRole.rawValue]
            if case .role(let asserted, _) = entitlement { detail["asserted_role"] = asserted.name }
            events.append(self.event(.roleSyncSkipped, detail: detail))
        }
        if transition.leavesNoAdmin {
            events.append(self.event(.workspaceWithoutAdmin))
        }
        var detail = self.assertionDetail(reading)
        detail["role"] = transition.membership.role?.name
        events.append(self.event(.signIn, detail: detail))
        return .accepted(transition.change, effects: effects, events: events)
    }

    /// The outcome for a person who does not get in.
    ///
    /// - Parameters:
    ///   - refusal: Why, and what the refusal changes all the same.
    ///   - reading: The `roles` attribute, once the domain was found to be right; the latch wants both (R1a).
    /// - Returns: The refusal with everything that it writes.
    func refused(_ refusal: SignInRefusal, reading: RolesAttribute.Reading?) -> ProvisioningOutcome {
        var effects = self.latchEffects(reading)
        var events = self.latchEvents(reading)
        switch refusal.consequence {
        case .nothing:
            break
        case .revokeSessions:
            if let membership = self.facts.membership {
                effects.append(.revokeSessions(.member(self.workspace.id, membership.userID)))
                events.append(self.event(.sessionsRevoked, detail: ["reason": refusal.code.rawValue]))
            }
        case .register(let change):
            effects.append(.register(change))
            events.append(self.event(.memberRegistered, detail: Self.describe(change.membership)))
            let assigned = self.assignment(to: change.membership)
            effects += assigned.effects
            events += assigned.events
        case .deactivate(let change, let leavesNoAdmin):
            effects.append(.deactivate(change))
            effects.append(.revokeSessions(.member(self.workspace.id, change.membership.userID)))
            var detail = Self.describe(change.membership)
            detail["reason"] = refusal.code.rawValue
            events.append(self.event(.memberDeactivated, detail: detail))
            if leavesNoAdmin { events.append(self.event(.workspaceWithoutAdmin)) }
        case .reportSeatLimit(let seats):
            events.append(
                self.event(
                    .seatLimitReached,
                    detail: ["seats": String(seats), "used": String(self.facts.activeMembers)]
                )
            )
        }
        var detail = self.assertionDetail(reading)
        if let membership = self.facts.membership {
            detail.merge(Self.describe(membership)) { asserted, _ in asserted }
        }
        events.append(self.event(.signIn, outcome: .refused(refusal.code), detail: detail))
        return .refused(refusal.code, effects: effects, events: events)
    }

    // MARK: - Latch

    /// R1a: the first checked response that carries `roles` closes the latch, even if it carries nothing that matches.
    private func closesLatch(_ reading: RolesAttribute.Reading?) -> Bool {
        guard self.workspace.rolesMode == .auto, self.workspace.rolesFirstSeenAt == nil else { return false }
        return switch reading {
        case .present, .tooLarge: true
        case .absent, nil: false
        }
    }

    private func latchEffects(_ reading: RolesAttribute.Reading?) -> [SignInEffect] {
        self.closesLatch(reading) ? [.latchRoles(self.now)] : []
    }

    private func latchEvents(_ reading: RolesAttribute.Reading?) -> [AuditEvent] {
        self.closesLatch(reading) ? [self.event(.rolesLatched)] : []
    }

    // MARK: - Groups

    /// What is written of the person's groups, spaces and projects: nothing when they are as they were, and nothing on
    /// the word of an older assertion (behavior G4, G5, R8).
    private func assignment(to member: Membership) -> (effects: [SignInEffect], events: [AuditEvent]) {
        guard !self.rules.isStale else { return ([], []) }
        let new = self.rules.assignments
        guard new != self.facts.groups.assignments else { return ([], []) }
        var effects = [SignInEffect.assign(member.userID, new)]
        if self.facts.membership != nil {
            effects.append(.refreshSessions(.member(self.workspace.id, member.userID)))
        }
        let projects = new.projectAssignments.map { project in project.role.map { "\(project.id):\($0)" } ?? project.id
        }
        let detail = [
            "groups": new.groupNames.joined(separator: ","), "spaces": new.spaceNames.joined(separator: ","),
            "projects": projects.joined(separator: ","),
        ]
        return (effects, [self.event(.groupsSynchronized, detail: detail)])
    }

    // MARK: - Events

    private func changeEvents(from old: Membership, to new: Membership) -> [AuditEvent] {
        var events: [AuditEvent] = []
        if new.state != old.state {
            events.append(self.event(.memberActivated, detail: ["old_state": old.state.name, "state": new.state.name]))
        }
        if new.role != old.role {
            var detail = ["role_source": new.roleSource.rawValue]
            detail["old_role"] = old.role?.name
            detail["role"] = new.role?.name
            events.append(self.event(.roleChanged, detail: detail))
        }
        return events
    }

    private func event(
        _ action: AuditAction,
        outcome: AuditEvent.Outcome = .done,
        detail: [String: String] = [:]
    ) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.workspace.id,
            actor: .identityProvider,
            action: action,
            email: self.identity.email.value,
            outcome: outcome,
            detail: detail
        )
    }

    private static func describe(_ membership: Membership) -> [String: String] {
        var detail = ["state": membership.state.name, "role_source": membership.roleSource.rawValue]
        detail["role"] = membership.role?.name
        return detail
    }

    /// What the decision rested on.
    ///
    /// Values for other companies are counted and not kept (R3).
    private func assertionDetail(_ reading: RolesAttribute.Reading?) -> [String: String] {
        let assertion = self.identity.assertion
        var detail = [
            "intent": self.rules.intent.rawValue, "issuer": assertion.issuer.value, "assertion_id": assertion.id.value,
            "certificate": assertion.certificateFingerprint,
        ]
        if let nameID = assertion.nameID, nameID.value != self.identity.email.value {
            // Q22: the address is the identity; an identifier that differs is worth a line.
            detail["name_id"] = nameID.value
        }
        if case .present(let attribute) = reading {
            detail["matched_roles"] = attribute.matchedRoles.map(\.name).joined(separator: ",")
            if attribute.matchedRoles.count > 1 { detail["warning"] = "several_roles" }
            if attribute.ignoredValues > 0 { detail["ignored_values"] = String(attribute.ignoredValues) }
            if attribute.otherCompanies > 0 { detail["other_company_values"] = String(attribute.otherCompanies) }
        }
        return detail
    }
}
