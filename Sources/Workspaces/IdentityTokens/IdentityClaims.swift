package import FoundationEssentials

/// What an identity token says (interface 4): whom a request is from, for one route and for five minutes.
package struct IdentityClaims: Hashable, Sendable, Encodable {
    /// How long a token is valid.
    package static let lifetime = Duration.seconds(300)

    private let iss: String
    private let aud: String
    private let sub: String
    private let email: String
    private let name: String
    private let workspace: String
    private let role: String
    private let groups: [String]
    private let sid: String
    private let jti: String
    private let iat: Int
    private let exp: Int

    /// Takes a session's facts.
    ///
    /// `sid` is the identifier that logs show: neither it nor anything else here opens the session.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - issuer: The public URL.
    ///   - audience: The name of the route.
    ///   - tokenID: An identifier that no other token has.
    ///   - now: The present; the token is valid from its second on.
    package init(of session: Session, issuer: String, audience: String, tokenID: IdentityTokenID, now: Date) {
        self.iss = issuer
        self.aud = audience
        self.sub = session.subject.description
        self.email = session.email.value
        self.name = session.displayName
        self.workspace = session.companyID.value
        self.role = session.role.name
        self.groups = session.groups
        self.sid = session.id.description
        self.jti = tokenID.description
        self.iat = Int(now.timeIntervalSince1970.rounded(.down))
        self.exp = self.iat + Int(Self.lifetime.components.seconds)
    }

    /// The claims set (RFC 7519, section 4).
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("Strings and numbers are always JSON.") }
        return Array(data)
    }
}
