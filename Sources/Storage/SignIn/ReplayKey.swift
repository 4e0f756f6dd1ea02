import Crypto
import SAML

/// The key under which an assertion is remembered for the whole installation (rulings 3, behavior X3).
struct ReplayKey: Hashable, Sendable {
    /// The SHA-256 of issuer and identifier.
    let bytes: [UInt8]

    /// Makes the key of an assertion.
    ///
    /// Neither part can hold U+0000, so the two cannot run into each other.
    init(issuer: EntityID, assertionID: MessageID) {
        self.bytes = Array(SHA256.hash(data: Array(issuer.value.utf8) + [0] + Array(assertionID.value.utf8)))
    }
}
