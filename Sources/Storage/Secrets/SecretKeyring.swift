internal import Crypto
import FoundationEssentials

/// The operator's secret keys: the first encrypts, all decrypt.
///
/// Each is 32 random bytes. Nothing is encrypted under these themselves: HKDF (RFC 5869) makes the key of AES-256-GCM
/// of them and, for another purpose, the identifier that stands beside each ciphertext, which tells nothing of the key.
/// The nonce is random and new each time. What a ciphertext belongs to is its additional data, so that one that was moved
/// to another row does not open. A third key authenticates what is no secret, by HMAC-SHA-256.
package struct SecretKeyring: Sendable {
    private struct Entry: Sendable {
        let id: String
        let key: SymmetricKey
        let authenticationKey: SymmetricKey
    }

    /// The number of bytes of a secret key.
    package static let keyLength = 32

    private let first: Entry
    private let others: [Entry]

    /// Takes the keys, the one that encrypts first.
    ///
    /// - Returns: `nil` when there is none, or one of another length than ``keyLength``.
    package init?(_ secrets: [[UInt8]]) {
        let entries = secrets.filter { $0.count == Self.keyLength }.map(Self.entry)
        guard let first = entries.first, entries.count == secrets.count else { return nil }
        self.first = first
        self.others = Array(entries.dropFirst())
    }

    /// The identifier of the key that encrypts: 16 hexadecimal digits.
    package var currentID: String { self.first.id }

    /// The identifiers of all keys, the one that encrypts first.
    package var ids: [String] { ([self.first] + self.others).map(\.id) }

    /// Encrypts a value under the first key.
    ///
    /// - Parameters:
    ///   - value: What to keep secret.
    ///   - owner: What the value belongs to; it opens only for the same.
    /// - Returns: The value with the identifier of the key.
    /// - Throws: The cryptography library's error, which does not happen with keys and nonces of these lengths.
    package func seal(_ value: [UInt8], for owner: [UInt8]) throws -> SealedSecret {
        let box = try AES.GCM.seal(value, using: self.first.key, authenticating: owner)
        // Absent only for nonces of another length than the standard one.
        guard let bytes = box.combined else { throw SealingFailure.altered }
        return SealedSecret(secretKeyID: self.first.id, bytes: Array(bytes))
    }

    /// Decrypts a value under the key that encrypted it.
    package func open(_ sealed: SealedSecret, for owner: [UInt8]) throws(SealingFailure) -> [UInt8] {
        guard let entry = ([self.first] + self.others).first(where: { $0.id == sealed.secretKeyID }) else {
            throw .unknownSecretKey(id: sealed.secretKeyID)
        }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            return Array(try AES.GCM.open(box, using: entry.key, authenticating: owner))
        } catch {
            throw .altered
        }
    }

    /// Authenticates what everybody may read, under the first key.
    package func authenticate(_ message: [UInt8]) -> MessageSeal {
        let code = HMAC<SHA256>.authenticationCode(for: message, using: self.first.authenticationKey)
        return MessageSeal(secretKeyID: self.first.id, bytes: Array(code))
    }

    /// Whether a message is what was authenticated, compared in constant time.
    ///
    /// - Throws: ``SealingFailure/unknownSecretKey(id:)`` when that was under a secret key that was not given.
    package func isAuthentic(_ message: [UInt8], under seal: MessageSeal) throws(SealingFailure) -> Bool {
        guard let entry = ([self.first] + self.others).first(where: { $0.id == seal.secretKeyID }) else {
            throw .unknownSecretKey(id: seal.secretKeyID)
        }
        return HMAC<SHA256>
            .isValidAuthenticationCode(seal.bytes, authenticating: message, using: entry.authenticationKey)
    }

    private static func entry(_ secret: [UInt8]) -> Entry {
        let input = SymmetricKey(data: secret)
        let derive = { (purpose: String, count: Int) in
            HKDF<SHA256>.deriveKey(inputKeyMaterial: input, info: Array(purpose.utf8), outputByteCount: count)
        }
        let digits = Array("0123456789abcdef")
        let id = derive("portico secret key id", 8)
            .withUnsafeBytes { bytes in
                bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
            }
        return Entry(
            id: id,
            key: derive("portico secret key aes-256-gcm", 32),
            authenticationKey: derive("portico secret key hmac-sha-256", 32)
        )
    }
}

extension SecretKeyring: CustomStringConvertible, CustomReflectable {
    /// Says nothing of the keys.
    package var description: String { "(secret)" }

    /// Shows nothing of the keys.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
