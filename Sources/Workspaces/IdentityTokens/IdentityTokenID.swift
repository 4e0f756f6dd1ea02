/// What no other identity token has (`jti`; RFC 7519, section 4.1.7), so that whoever accepts one once can tell it again.
///
/// A token goes with every request, so its identifier is short: as many random bits as a request's.
package struct IdentityTokenID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as it stands in the token: 14 characters of base 64 for URLs.
    package let description: String

    /// Makes a new identifier from 80 random bits.
    package static func random() -> IdentityTokenID {
        IdentityTokenID(description: Base64URL.text((0..<10).map { _ in UInt8.random(in: .min ... .max) }))
    }
}
