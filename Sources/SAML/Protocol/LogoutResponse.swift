package import FoundationEssentials

/// The answer to a ``LogoutRequest`` (saml-core 3.7.2), in either direction.
package struct LogoutResponse: Hashable, Sendable {
    /// The identifier of the response.
    package var id: MessageID
    /// When the response was made.
    package var issueInstant: Date
    /// The request that is answered.
    package var inResponseTo: MessageID?
    /// Where the response is sent; a message that was received may lack it and is then refused.
    package var destination: String?
    /// Who answers.
    package var issuer: Issuer
    /// The outcome.
    package var status: Status

    /// Makes a response.
    package init(
        id: MessageID,
        issueInstant: Date,
        inResponseTo: MessageID?,
        destination: String?,
        issuer: Issuer,
        status: Status
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.inResponseTo = inResponseTo
        self.destination = destination
        self.issuer = issuer
        self.status = status
    }
}
