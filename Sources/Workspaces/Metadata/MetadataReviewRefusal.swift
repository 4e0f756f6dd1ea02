/// Why a decision about a proposal of the metadata is not taken.
package enum MetadataReviewRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// No proposal is about a certificate of this fingerprint.
    case notProposed(String)
    /// Without the certificate nobody could sign in.
    case noCertificateLeft
    /// The person has to sign in anew.
    case signInTooOld
    /// The person signed in under the certificate, so the identity provider may still sign with it.
    case endsOwnSession

    /// What is wrong and what to do, in whole sentences.
    package var description: String {
        switch self {
        case .notProposed(let text):
            "Nothing is proposed about a certificate with the fingerprint \(text); give the whole SHA-256 fingerprint of"
                + " one that waits."
        case .noCertificateLeft:
            "No certificate would be left, and nobody could sign in; approve the new one first."
        case .signInTooOld:
            "Whom the gateway believes changes, and you signed in more than 15 minutes ago; sign in again, then decide."
        case .endsOwnSession:
            "You signed in under this certificate, so your provider may still sign with it, and nobody could sign in any"
                + " more. Sign in again: once it signs with another one, you can take this one away."
        }
    }
}
