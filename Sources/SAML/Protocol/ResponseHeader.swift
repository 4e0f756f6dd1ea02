package import FoundationEssentials

/// What stands around the assertion in a Response (saml-core 3.2.2).
///
/// Read from a message that was not verified it is a claim by anybody: it selects the stored request and can lead to a
/// refusal, and nothing else.
package struct ResponseHeader: Hashable, Sendable {
    /// The identifier of the Response.
    package var id: MessageID
    /// When the Response was made.
    package var issueInstant: Date
    /// The request that the Response answers, absent when it answers none.
    package var inResponseTo: MessageID?
    /// Where the Response is meant to be sent.
    package var destination: String?
    /// Who made the Response; it may be absent where only the assertion is signed.
    package var issuer: Issuer?
    /// The outcome.
    package var status: Status

    /// Makes a header from the parts of a message.
    package init(
        id: MessageID,
        issueInstant: Date,
        inResponseTo: MessageID?,
        destination: String?,
        issuer: Issuer?,
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
