internal import Crypto

/// A private key that signs identity tokens with ES256: ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
///
/// It can be used from any thread. Printed, it shows its name alone.
package struct IdentitySigningKey: Sendable {
    private let key: P256.Signing.PrivateKey
    /// The public half.
    package let webKey: JSONWebKey
    /// The header of every token, encoded, with the dot behind it.
    private let encodedHeader: [UInt8]

    private init(_ key: P256.Signing.PrivateKey) {
        self.key = key
        self.webKey = JSONWebKey(point: Array(key.publicKey.rawRepresentation))
        let header = #"{"alg":"ES256","kid":"\#(self.webKey.id)","typ":"JWT"}"#
        self.encodedHeader = Base64URL.encode(header.utf8) + [UInt8(ascii: ".")]
    }

    /// Makes a new key from the system's cryptographic generator.
    package static func generate() -> IdentitySigningKey {
        IdentitySigningKey(P256.Signing.PrivateKey())
    }

    /// Takes the bytes of a key that was made before.
    ///
    /// - Returns: `nil` unless they are 32 bytes of a number that is a key.
    package init?(bytes: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else { return nil }
        self.init(key)
    }

    /// The private number, 32 bytes, to be encrypted and stored.
    package var bytes: [UInt8] { Array(self.key.rawRepresentation) }

    /// The name of the key.
    package var id: IdentityKeyID { self.webKey.id }

    /// Signs claims (RFC 7515, section 7.1).
    ///
    /// - Returns: The token: three texts in base64url with dots between them.
    /// - Throws: The cryptography library's error, for want of memory or randomness.
    package func sign(_ claims: IdentityClaims) throws -> [UInt8] {
        var token = self.encodedHeader + Base64URL.encode(claims.json)
        let signature = try self.key.signature(for: token).rawRepresentation
        token.append(UInt8(ascii: "."))
        token.append(contentsOf: Base64URL.encode(signature))
        return token
    }
}

extension IdentitySigningKey: CustomStringConvertible, CustomReflectable {
    /// The name of the key alone.
    package var description: String { "IdentitySigningKey(\(self.id))" }

    /// Shows nothing of the private key.
    package var customMirror: Mirror { Mirror(self, children: ["id": self.id]) }
}
