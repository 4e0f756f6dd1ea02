/// Why a decision about a proposal of the metadata is not taken.
package enum MetadataReviewRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// No proposal is about a certificate of this fingerprint.
    case notProposed(String)
    /// Without the certificate nobody could sign in.
    case noCertificateLeft

    /// What is wrong and what to do, in whole sentences.
    package var description: String {
        switch self {
        case .notProposed(let text):
            "Nothing is proposed about a certificate with the fingerprint \(text); give the whole SHA-256 fingerprint of"
                + " one that waits."
        case .noCertificateLeft:
            "No certificate would be left, and nobody could sign in; approve the new one first."
        }
    }
}
