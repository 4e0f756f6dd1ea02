package import FoundationEssentials

/// The request to end the sessions of a person (saml-core 3.7.1), in either direction.
package struct LogoutRequest: Hashable, Sendable {
    /// The identifier that the response must name.
    package var id: MessageID
    /// When the request was made.
    package var issueInstant: Date
    /// Where the request is sent; a message that was received may lack it and is then refused.
    package var destination: String?
    /// Who asks.
    package var issuer: Issuer
    /// From when on the request means nothing, exclusive.
    package var notOnOrAfter: Date?
    /// The person, as the assertion of the sign-in named them.
    package var nameID: NameID
    /// The sessions to end, as the AuthnStatements named them; none means all of the person's.
    package var sessionIndexes: [String]

    /// Makes a request.
    package init(
        id: MessageID,
        issueInstant: Date,
        destination: String?,
        issuer: Issuer,
        notOnOrAfter: Date? = nil,
        nameID: NameID,
        sessionIndexes: [String]
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.destination = destination
        self.issuer = issuer
        self.notOnOrAfter = notOnOrAfter
        self.nameID = nameID
        self.sessionIndexes = sessionIndexes
    }
}
