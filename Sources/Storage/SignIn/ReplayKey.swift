import Crypto
import FoundationEssentials
import PostgreSQL
import SAML

/// The key under which an assertion or a logout request is remembered for the whole installation (rulings 3,
/// behavior X3).
struct ReplayKey: Hashable, Sendable {
    /// The SHA-256 of issuer and identifier.
    let bytes: [UInt8]

    /// Makes the key of an assertion or of a message.
    ///
    /// Neither part can hold U+0000, so the two cannot run into each other.
    init(issuer: EntityID, id: MessageID) {
        self.bytes = Array(SHA256.hash(data: Array(issuer.value.utf8) + [0] + Array(id.value.utf8)))
    }

    /// The statement that remembers the key; one affected row says that it was new.
    func remember(until end: Date) -> SQL {
        """
        INSERT INTO replay_keys (replay_key, expires_at) VALUES (\(self.bytes), \(end))
        ON CONFLICT (replay_key) DO NOTHING
        """
    }
}
