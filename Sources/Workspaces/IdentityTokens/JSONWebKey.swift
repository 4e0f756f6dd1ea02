internal import Crypto
import FoundationEssentials

/// The public half of a key of the identity token as upstreams read it (RFC 7517, RFC 7518 section 6.2.1).
package struct JSONWebKey: Hashable, Sendable, Encodable {
    /// The name of the key.
    package let id: IdentityKeyID
    /// The coordinate x, 32 bytes in base64url.
    package let x: String
    /// The coordinate y, 32 bytes in base64url.
    package let y: String

    /// Takes a point.
    ///
    /// - Parameter point: The coordinates x and y, 32 bytes each, of a point on P-256.
    init(point: [UInt8]) {
        self.x = Base64URL.text(point.prefix(32))
        self.y = Base64URL.text(point.suffix(32))
        // RFC 7638, 3.2: the required members alone, in the order of their names, without white space.
        let members = #"{"crv":"P-256","kty":"EC","x":"\#(self.x)","y":"\#(self.y)"}"#
        guard let digest = Bits256(bytes: Array(SHA256.hash(data: Array(members.utf8)))) else {
            preconditionFailure("A SHA-256 has 32 bytes.")
        }
        self.id = IdentityKeyID(digest)
    }

    private enum CodingKeys: String, CodingKey {
        case kty
        case crv
        case x
        case y
        case kid
        case use
        case alg
    }

    /// Writes the public members and what the key is for.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("EC", forKey: .kty)
        try container.encode("P-256", forKey: .crv)
        try container.encode(self.x, forKey: .x)
        try container.encode(self.y, forKey: .y)
        try container.encode(self.id.description, forKey: .kid)
        try container.encode("sig", forKey: .use)
        try container.encode("ES256", forKey: .alg)
    }
}
