package import SAML

/// Why something was refused, in one word for people, scripts and the audit log (behavior section 4, rulings 9 and 10).
package enum RefusalCode: String, Error, Hashable, Sendable, CaseIterable {
    /// The Company ID names no workspace; shown also for a workspace that is disabled or has no SAML.
    case companyNotFound = "company_not_found"
    /// The workspace has no enabled SAML configuration: for the command line and the audit log.
    case samlNotEnabled = "saml_not_enabled"
    /// The workspace has claimed no domain.
    case domainNotClaimed = "domain_not_claimed"
    /// A response came without the handle that selects its workspace.
    case relayStateEmpty = "relay_state_empty"
    /// The response answers no request of this browser that is still waiting.
    case requestUnknownOrUsed = "request_unknown_or_used"
    /// The response answers no request at all.
    case unsolicitedRefused = "unsolicited_refused"
    /// The message is not of the form that Portico accepts.
    case xmlInvalid = "xml_invalid"
    /// The message is too large.
    case tooLarge = "too_large"
    /// The identity provider reports a failure.
    case statusNotSuccess = "status_not_success"
    /// The response is another identity provider's.
    case issuerMismatch = "issuer_mismatch"
    /// A signature is missing or not valid under the pinned certificates.
    case signatureInvalid = "signature_invalid"
    /// The assertion is encrypted and cannot be read.
    case decryptionFailed = "decryption_failed"
    /// The message is meant for another address.
    case recipientMismatch = "recipient_mismatch"
    /// The assertion is meant for another service.
    case audienceMismatch = "audience_mismatch"
    /// The message is too old or from the future.
    case expiredOrNotYetValid = "expired_or_not_yet_valid"
    /// The assertion does not say how the person authenticated, or not what is wanted.
    case authnContextRefused = "authn_context_refused"
    /// The assertion was used before.
    case replayed
    /// The assertion has no e-mail address.
    case emailMissing = "email_missing"
    /// The assertion has several e-mail addresses.
    case emailAmbiguous = "email_ambiguous"
    /// The e-mail address is not one that Portico accepts.
    case emailInvalid = "email_invalid"
    /// The address is in no claimed domain and not a guest's.
    case emailDomainRefused = "email_domain_refused"
    /// The `roles` attribute is wanted and absent.
    case rolesMissing = "roles_missing"
    /// The `roles` attribute names no role in this workspace.
    case rolesNoMatch = "roles_no_match"
    /// The `roles` attribute has too many or too long values.
    case rolesTooLarge = "roles_too_large"
    /// No group of the person is mapped to a role.
    case noGroupMatch = "no_group_match"
    /// The person is not a member and did not ask to be registered.
    case notRegistered = "not_registered"
    /// The workspace registers only people who were invited.
    case invitationRequired = "invitation_required"
    /// The person is registered and has no role yet.
    case awaitingRole = "awaiting_role"
    /// The person was locked out of the workspace.
    case membershipDeactivated = "membership_deactivated"
    /// Every seat of the workspace is taken.
    case seatLimit = "seat_limit"
    /// The identity provider manages what was to be changed by hand.
    case managedByIdP = "managed_by_idp"
    /// The last administrator, or the owner, cannot be removed or demoted by hand.
    case lastAdmin = "last_admin"
    /// The person's role does not open this part of the application.
    case roleNotAllowed = "role_not_allowed"
    /// A sign-in with a passphrase failed, whatever was wrong.
    case passphraseRefused = "passphrase_refused"
    /// Nobody is signed in.
    case sessionRequired = "session_required"
    /// Too many attempts.
    case rateLimited = "rate_limited"
    /// Portico cannot reach its database.
    case unavailable
    /// The application cannot be reached.
    case upstreamUnreachable = "upstream_unreachable"
    /// The application did not answer in time.
    case upstreamTimeout = "upstream_timeout"
    /// The assertion cannot be exchanged for storage credentials.
    case storageAssertionUnusable = "storage_assertion_unusable"
    /// The storage provider refused.
    case storageDenied = "storage_denied"
    /// The storage credentials have to be renewed at the identity provider.
    case storageReauthRequired = "storage_reauth_required"
    /// The storage provider's token service cannot be reached.
    case storageSTSUnavailable = "storage_sts_unavailable"

    /// The code of a response that a rule of the Web Browser SSO profile refused.
    package init(_ code: ResponseRejection.Code) {
        self =
            switch code {
            case .xmlInvalid: .xmlInvalid
            case .tooLarge: .tooLarge
            case .requestUnknownOrUsed: .requestUnknownOrUsed
            case .unsolicitedRefused: .unsolicitedRefused
            case .statusNotSuccess: .statusNotSuccess
            case .issuerMismatch: .issuerMismatch
            case .signatureInvalid: .signatureInvalid
            case .decryptionFailed: .decryptionFailed
            case .recipientMismatch: .recipientMismatch
            case .audienceMismatch: .audienceMismatch
            case .expiredOrNotYetValid: .expiredOrNotYetValid
            case .authnContextRefused: .authnContextRefused
            }
    }

    /// The code that a browser may see: a workspace without SAML is told apart from an unknown Company ID in the audit
    /// log only (behavior F1, rulings 9).
    package var shownToMembers: RefusalCode {
        self == .samlNotEnabled ? .companyNotFound : self
    }

    /// The status of the HTTP response that carries the code (rulings 10).
    package var httpStatus: Int {
        switch self {
        case .xmlInvalid, .relayStateEmpty, .requestUnknownOrUsed, .unsolicitedRefused, .statusNotSuccess: 400
        case .sessionRequired: 401
        case .companyNotFound: 404
        case .lastAdmin: 409
        case .tooLarge: 413
        case .rateLimited: 429
        case .upstreamUnreachable: 502
        case .unavailable: 503
        case .upstreamTimeout: 504
        case .samlNotEnabled, .domainNotClaimed, .issuerMismatch, .signatureInvalid, .decryptionFailed,
            .recipientMismatch, .audienceMismatch, .expiredOrNotYetValid, .authnContextRefused, .replayed,
            .emailMissing, .emailAmbiguous, .emailInvalid, .emailDomainRefused, .rolesMissing, .rolesNoMatch,
            .rolesTooLarge, .noGroupMatch, .notRegistered, .invitationRequired, .awaitingRole, .membershipDeactivated,
            .seatLimit, .managedByIdP, .roleNotAllowed, .passphraseRefused, .storageAssertionUnusable, .storageDenied,
            .storageReauthRequired, .storageSTSUnavailable:
            403
        }
    }
}
