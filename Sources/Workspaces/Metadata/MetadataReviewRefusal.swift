/// Why a decision about a proposal of the metadata is not taken.
package enum MetadataReviewRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// No proposal is about a certificate of this fingerprint.
    case notProposed(String)
    /// Somebody looked at a proposal of this kind, and the opposite is proposed about the certificate by now.
    case anotherThanSeen(MetadataProposal.Kind)
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
        case .anotherThanSeen(.add):
            "You looked at this certificate as new in the metadata, to be believed from now on. By now it is pinned, and the"
                + " metadata no longer lists it: what waits is to take it away. Nothing was done; look at it again, then"
                + " decide."
        case .anotherThanSeen(.remove):
            "You looked at this certificate as no longer in the metadata, to be taken away. By now the metadata lists it,"
                + " and it is not pinned: what waits is to believe it from now on. Nothing was done; look at it again, then"
                + " decide."
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
