/// What the administrators of a workspace are told by mail.
package enum AlertKind: String, Hashable, Sendable, CaseIterable {
    /// Somebody could not come in because every seat is taken (behavior C2).
    case seatLimit = "seat_limit"
    /// The record of a claimed domain has been away too long (behavior D5).
    case domainLapsed = "domain_lapsed"
    /// Another workspace has claimed a domain of this one, too (behavior D5).
    case domainClaimedElsewhere = "domain_claimed_elsewhere"
    /// The workspace has no active administrator any more (behavior A4).
    case noAdministrator = "no_administrator"
    /// A pinned certificate ends soon or has ended (behavior Q21).
    case certificateExpiring = "certificate_expiring"
    /// Somebody signed in with a passphrase (behavior A5).
    case passphraseSignIn = "passphrase_sign_in"
    /// Sign-in rests on something else than before (behavior T4).
    case trustChanged = "trust_changed"
    /// The metadata proposes something, and an administrator has to decide.
    case metadataChangeProposed = "metadata_change_proposed"
    /// The metadata can be fetched or used no more.
    case metadataRefreshFailed = "metadata_refresh_failed"
}
