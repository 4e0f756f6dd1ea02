/// Why somebody did not come in with a passphrase: for the audit log alone, since everybody else gets one answer.
package enum LocalSignInRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The workspace is disabled.
    case workspaceDisabled = "workspace_disabled"
    /// The operator has switched the passphrases of the workspace off.
    case switchedOff = "switched_off"
    /// Nobody has the address.
    case notAMember = "not_a_member"
    /// The workspace lets the owner in by a passphrase and nobody else.
    case ownerOnly = "owner_only"
    /// The person has no passphrase.
    case noPassphrase = "no_passphrase"
    /// The passphrase is another one.
    case passphraseWrong = "passphrase_wrong"
    /// The code is not the one of this minute.
    case codeWrong = "code_wrong"
    /// The code was used before.
    case codeUsed = "code_used"
    /// The person was locked out.
    case deactivated
    /// The person has no role yet.
    case awaitingRole = "awaiting_role"
    /// The address is in no claimed domain and not a guest's.
    case emailDomain = "email_domain"
    /// Every seat is taken.
    case seatLimit = "seat_limit"
}
