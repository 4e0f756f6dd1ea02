package import FoundationEssentials
package import Workspaces

/// Where the data plane gets identity tokens from: a signature, and nothing that waits.
package struct IdentityTokenSource: Sendable {
    /// Signs a token.
    ///
    /// It is called on an event loop, once for a session and a route in half of a token's life.
    ///
    /// - Parameters:
    ///   - session: Whom the token is about.
    ///   - audience: The name of the route.
    ///   - now: The present.
    /// - Returns: The token, in base64url and dots; `nil` while there is no key to sign with.
    package typealias Sign = @Sendable (_ session: Session, _ audience: String, _ now: Date) -> [UInt8]?

    /// Signs a token.
    let sign: Sign

    /// Takes what signs.
    package init(sign: @escaping Sign) {
        self.sign = sign
    }
}
