import Foundation

/// What a token says, unverified: that the signature holds is told in the tests of whole sign-ins.
struct TokenText {
    let kid: String?
    let claims: [String: Any]

    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]) else {
            return nil
        }
        self.kid = header["kid"] as? String
        self.claims = claims
    }

    subscript(name: String) -> String? { self.claims[name] as? String }

    var issuedAt: Int? { self.claims["iat"] as? Int }
    var expiresAt: Int? { self.claims["exp"] as? Int }

    private static func object(_ part: Substring) -> [String: Any]? {
        let text = part.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4))
            .flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
    }
}
