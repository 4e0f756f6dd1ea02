/// What a person reads on an error page.
///
/// The words depend on the code and on nothing else, so that two failures with one code cannot be told apart
/// (rulings 9). Each advice says what the person can do, or who has to act.
extension RefusalCode {
    /// The heading of the page: what happened, in a few words.
    package var title: String {
        switch self {
        case .companyNotFound, .samlNotEnabled: "We do not know this Company ID"
        case .domainNotClaimed: "This workspace is not ready yet"
        case .requestUnknownOrUsed, .unsolicitedRefused, .replayed: "This sign-in is no longer open"
        case .relayStateEmpty: "Please start from the sign-in page"
        case .statusNotSuccess: "Your identity provider did not sign you in"
        case .xmlInvalid, .tooLarge, .issuerMismatch, .signatureInvalid, .decryptionFailed, .recipientMismatch,
            .audienceMismatch, .authnContextRefused:
            "We could not accept the answer of your identity provider"
        case .expiredOrNotYetValid: "The answer of your identity provider is out of date"
        case .emailMissing, .emailAmbiguous, .emailInvalid: "We could not tell who you are"
        case .emailDomainRefused: "Your e-mail address does not belong to this workspace"
        case .rolesMissing, .rolesNoMatch, .rolesTooLarge, .noGroupMatch: "You have no role in this workspace"
        case .notRegistered: "You are not registered yet"
        case .invitationRequired: "You need an invitation"
        case .awaitingRole: "You are registered"
        case .membershipDeactivated: "Your access is switched off"
        case .seatLimit: "This workspace is full"
        case .managedByIdP: "This is managed by the identity provider"
        case .lastAdmin: "A workspace needs an administrator"
        case .roleNotAllowed: "Your role does not open this page"
        case .passphraseRefused: "That did not let you in"
        case .sessionRequired: "Please sign in"
        case .rateLimited: "Too many attempts"
        case .unavailable: "We cannot sign you in at the moment"
        case .upstreamUnreachable: "The application cannot be reached"
        case .upstreamTimeout: "The application did not answer in time"
        case .storageAssertionUnusable, .storageDenied: "You have no access to this storage"
        case .storageReauthRequired: "Your access to this storage has run out"
        case .storageSTSUnavailable: "The storage cannot be reached"
        }
    }

    /// One sentence: what the person can do, or who has to act.
    package var memberAdvice: String {
        switch self {
        case .companyNotFound, .samlNotEnabled:
            "Check the spelling of the Company ID, or ask your workspace administrator for it."
        case .domainNotClaimed:
            "Your workspace administrator has to claim a domain before anybody can sign in."
        case .relayStateEmpty:
            "RelayState is empty, this usually happens when redirect URL is called from outside of Portico."
        case .requestUnknownOrUsed, .unsolicitedRefused, .replayed:
            "Start again from the sign-in page, in this browser, and do not use the Back button on the way."
        case .statusNotSuccess:
            "Try again, and if that does not help, ask the people who run your identity provider for access to this"
                + " application."
        case .xmlInvalid, .tooLarge, .issuerMismatch, .signatureInvalid, .decryptionFailed, .recipientMismatch,
            .audienceMismatch, .authnContextRefused:
            "Your workspace administrator has to compare the SAML settings here with those of the identity provider."
        case .expiredOrNotYetValid:
            "Try again, and if that does not help, tell your workspace administrator that a clock may be wrong."
        case .emailMissing, .emailAmbiguous, .emailInvalid:
            "Your workspace administrator has to see to it that the identity provider sends exactly one e-mail address"
                + " for you."
        case .emailDomainRefused:
            "Sign in with an address of your organization, or ask your workspace administrator to invite you."
        case .rolesMissing, .rolesNoMatch, .rolesTooLarge, .noGroupMatch:
            "Ask the people who run your identity provider to give you a role in this workspace, then sign in again."
        case .notRegistered:
            "Use the sign-up page to register, or ask your workspace administrator for a role."
        case .invitationRequired:
            "An invitation lets in the person of its address alone: sign in without somebody else's, or ask your workspace"
                + " administrator to invite you."
        case .awaitingRole:
            "Your workspace administrator has to give you a role before you can sign in."
        case .membershipDeactivated:
            "Your workspace administrator has to switch it on again."
        case .seatLimit:
            "Your workspace administrator has to free a seat or add one before you can sign in."
        case .managedByIdP:
            "Make the change at your identity provider; it takes effect at the next sign-in."
        case .lastAdmin:
            "Make somebody else an administrator first."
        case .roleNotAllowed:
            "Go back, or ask your workspace administrator for another role."
        case .passphraseRefused:
            "Check the Company ID, the address, the passphrase and the code, or ask the people who run this service."
        case .sessionRequired:
            "Sign in to go on."
        case .rateLimited:
            "Wait a minute, then try again."
        case .unavailable:
            "Try again in a few minutes; if you are signed in already, you can go on working."
        case .upstreamUnreachable, .upstreamTimeout:
            "Try again in a few minutes, and if it lasts, tell the people who run this service."
        case .storageAssertionUnusable, .storageDenied:
            "Ask your workspace administrator to check the storage and its permissions at the identity provider."
        case .storageReauthRequired:
            "Sign in again to renew it."
        case .storageSTSUnavailable:
            "Try again in a few minutes."
        }
    }
}
