/// What was done or refused.
package enum AuditAction: String, Hashable, Sendable, CaseIterable {
    /// A person signed in, or was refused.
    case signIn = "sign_in"
    /// A person signed out, here or at the identity provider, or a logout message was refused.
    case signOut = "sign_out"
    /// A person signed in with a passphrase, without the identity provider, or was refused (behavior A5).
    case localSignIn = "local_sign_in"
    /// The operator made a link by which a member sets a passphrase.
    case passphraseLinkCreated = "passphrase_link_created"
    /// A member set a passphrase.
    case passphraseSet = "passphrase_set"
    /// The passphrase of a member was taken away.
    case passphraseRemoved = "passphrase_removed"
    /// A member set up an authenticator app.
    case authenticatorSet = "authenticator_set"
    /// The authenticator app of a member was taken away.
    case authenticatorRemoved = "authenticator_removed"
    /// The stored secrets of authenticator apps were encrypted anew, because the secret key changed.
    case authenticatorsResealed = "authenticators_resealed"
    /// Somebody else owns the workspace (behavior A3).
    case ownershipTransferred = "ownership_transferred"
    /// A person became known to the workspace without an invitation.
    case memberRegistered = "member_registered"
    /// A person was invited.
    case memberInvited = "member_invited"
    /// A link was made for somebody who is invited.
    case invitationLinkCreated = "invitation_link_created"
    /// A mail with a link was asked for.
    case invitationMailRequested = "invitation_mail_requested"
    /// The mail server took the mail with the link.
    case invitationMailed = "invitation_mailed"
    /// The mail with the link was given up; somebody has to look.
    case invitationMailFailed = "invitation_mail_failed"
    /// A person who was invited, waiting or locked out became an active member.
    case memberActivated = "member_activated"
    /// A member was locked out.
    case memberDeactivated = "member_deactivated"
    /// A membership was deleted.
    case memberRemoved = "member_removed"
    /// A role changed, or its change was refused.
    case roleChanged = "role_changed"
    /// The identity provider named another role than the one that was kept.
    case roleSyncSkipped = "role_sync_skipped"
    /// The workspace has no active administrator any more; the operator has to know (behavior A4).
    case workspaceWithoutAdmin = "workspace_without_admin"
    /// Somebody could not come in because every seat is taken; the administrators have to know (behavior C2).
    case seatLimitReached = "seat_limit_reached"
    /// The latch of the mode `auto` closed (behavior R1a).
    case rolesLatched = "roles_latched"
    /// The groups, spaces and projects of a member became what the identity provider says.
    case groupsSynchronized = "groups_synchronized"
    /// What groups give was changed.
    case mappingsChanged = "mappings_changed"
    /// A space was made, named or removed.
    case spaceChanged = "space_changed"
    /// A project was made, named or removed.
    case projectChanged = "project_changed"
    /// A member was put into a space or a project by hand.
    case memberAssigned = "member_assigned"
    /// A member was taken out of a space or a project by hand.
    case memberUnassigned = "member_unassigned"
    /// Sessions were revoked.
    case sessionsRevoked = "sessions_revoked"
    /// A workspace was made.
    case workspaceCreated = "workspace_created"
    /// A workspace's settings changed.
    case workspaceChanged = "workspace_changed"
    /// A workspace was opened again.
    case workspaceEnabled = "workspace_enabled"
    /// A workspace was closed.
    case workspaceDisabled = "workspace_disabled"
    /// A workspace was deleted.
    case workspaceDeleted = "workspace_deleted"
    /// The SAML configuration changed.
    case samlConfigured = "saml_configured"
    /// A pinned certificate ends soon or has ended; the administrators have to know (behavior Q21).
    case certificateExpiring = "certificate_expiring"
    /// Metadata that was fetched anew differs from what is pinned; an administrator has to decide.
    case metadataChangeProposed = "metadata_change_proposed"
    /// The metadata does not propose any more what it did.
    case metadataChangeWithdrawn = "metadata_change_withdrawn"
    /// An administrator said yes to what the metadata proposes.
    case metadataChangeApproved = "metadata_change_approved"
    /// An administrator said no to what the metadata proposes.
    case metadataChangeRejected = "metadata_change_rejected"
    /// Metadata could not be fetched anew or cannot be used; everything stays as it is.
    case metadataRefreshFailed = "metadata_refresh_failed"
    /// Metadata was fetched anew after that had failed.
    case metadataRefreshed = "metadata_refreshed"
    /// A draft of the SAML configuration was saved, which counts for nobody yet.
    case singleSignOnDrafted = "single_sign_on_drafted"
    /// The draft of the SAML configuration was given up.
    case singleSignOnDraftDiscarded = "single_sign_on_draft_discarded"
    /// A test sign-in ended, which signed nobody in.
    case signInTested = "sign_in_tested"
    /// SAML was switched on.
    case samlEnabled = "saml_enabled"
    /// SAML was switched off.
    case samlDisabled = "saml_disabled"
    /// The operator made a setup link.
    case setupLinkCreated = "setup_link_created"
    /// Somebody opened a setup link, which opens no more, and may change the settings for a while.
    case setupLinkRedeemed = "setup_link_redeemed"
    /// The visit of a setup link was ended by the visitor.
    case setupVisitEnded = "setup_visit_ended"
    /// A domain was claimed.
    case domainClaimed = "domain_claimed"
    /// A claim of a domain began.
    case domainClaimRequested = "domain_claim_requested"
    /// The record of a domain was not published in time.
    case domainClaimFailed = "domain_claim_failed"
    /// The record of a claimed domain has been away too long; the administrators have to know (behavior D5).
    case domainLapsed = "domain_lapsed"
    /// Another workspace has claimed a domain of this one too; the administrators have to know (behavior D5).
    case domainClaimedElsewhere = "domain_claimed_elsewhere"
    /// A domain was given up.
    case domainRemoved = "domain_removed"
    /// A command of the operator's was run, or refused.
    case commandRun = "command_run"
    /// The operator began the chain of an audit log anew, because what was before could not be verified.
    case auditChainRestarted = "audit_chain_restarted"
    /// The installation's first SAML keys were made.
    case spKeysCreated = "sp_keys_created"
    /// New SAML keys were made that take the place of the old ones.
    case spKeysRotated = "sp_keys_rotated"
    /// The stored SAML keys were encrypted anew, because the secret key changed.
    case spKeysResealed = "sp_keys_resealed"
    /// The installation's first key of the identity token was made.
    case identityKeysCreated = "identity_keys_created"
    /// A new key of the identity token was made that takes the place of the old one.
    case identityKeysRotated = "identity_keys_rotated"
    /// The stored keys of the identity token were encrypted anew, because the secret key changed.
    case identityKeysResealed = "identity_keys_resealed"
}
