import FoundationEssentials

extension AuditEvent {
    /// How many fetches of metadata have to fail in a row: the first ones pass by themselves.
    private static let patience = 3
    /// Under this key an event says that sign-in rests on something else than before.
    static let trustKey = "changes_trust"

    /// The alert that the event is, or `nil` where it is for the audit log alone.
    ///
    /// What was refused changed nothing, and alerts nobody.
    package var alert: Alert? {
        guard self.outcome == .done else { return nil }
        switch self.action {
        case .seatLimitReached:
            // C2: one mail, however many people stand at the door.
            return Alert(.seatLimit)
        case .domainLapsed:
            return Alert(.domainLapsed, about: self.detail["domain"] ?? "")
        case .domainClaimedElsewhere:
            return Alert(.domainClaimedElsewhere, about: self.detail["domain"] ?? "")
        case .workspaceWithoutAdmin:
            return Alert(.noAdministrator)
        case .certificateExpiring:
            // Q21: a day before the end is another thing to know than the end, which may be less than a day later.
            return Alert(.certificateExpiring, about: self.text(of: ["sha256_fingerprint", "days"]))
        case .localSignIn:
            // A5: whoever comes from many addresses must not use up what is told in a day.
            return Alert(.passphraseSignIn, about: self.actor.email?.value ?? "")
        case .samlConfigured, .samlEnabled:
            // T4: what somebody saves of the rest of the settings concerns nobody's way in.
            guard self.detail[Self.trustKey] != nil else { return nil }
            // The same change made again, after somebody took it back, is another thing to know.
            let time = "time=\(self.time.timeIntervalSince1970)\n"
            return Alert(.trustChanged, about: time + self.text(of: self.detail.keys.sorted()))
        case .metadataChangeProposed:
            // What is harmless must not hide what is not.
            return Alert(
                .metadataChangeProposed,
                about: self.text(of: ["change", "sha256_fingerprint", "sign_in_url"])
            )
        case .metadataRefreshFailed:
            guard let failures = self.detail["failures"].flatMap({ Int($0) }), failures >= Self.patience else {
                return nil
            }
            return Alert(.metadataRefreshFailed)
        case .signIn, .signOut, .passphraseLinkCreated, .passphraseSet, .passphraseRemoved, .authenticatorSet,
            .authenticatorRemoved, .authenticatorsResealed, .ownershipTransferred, .memberRegistered, .memberInvited,
            .invitationLinkCreated, .invitationMailRequested, .invitationMailed, .invitationMailFailed,
            .memberActivated, .memberDeactivated, .memberRemoved, .roleChanged, .roleSyncSkipped, .rolesLatched,
            .groupsSynchronized, .mappingsChanged, .spaceChanged, .projectChanged, .memberAssigned, .memberUnassigned,
            .sessionsRevoked, .workspaceCreated, .workspaceChanged, .workspaceEnabled, .workspaceDisabled,
            .workspaceDeleted, .metadataChangeWithdrawn, .metadataChangeApproved, .metadataChangeRejected,
            .metadataRefreshed, .singleSignOnDrafted, .singleSignOnDraftDiscarded, .signInTested, .samlDisabled,
            .setupLinkCreated, .setupLinkRedeemed, .setupVisitEnded, .domainClaimed, .domainClaimRequested,
            .domainClaimFailed, .domainRemoved, .commandRun, .auditChainRestarted, .spKeysCreated, .spKeysRotated,
            .spKeysResealed, .identityKeysCreated, .identityKeysRotated, .identityKeysResealed:
            return nil
        }
    }

    private func text(of keys: [String]) -> String {
        keys.map { "\($0)=\(self.detail[$0] ?? "")" }.joined(separator: "\n")
    }
}
