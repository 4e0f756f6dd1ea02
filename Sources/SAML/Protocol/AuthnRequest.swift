package import FoundationEssentials

/// The request that starts a sign-in (saml-core 3.4.1).
///
/// Responses are always asked for by HTTP-POST.
package struct AuthnRequest: Hashable, Sendable {
    /// The identifier that the Response must name.
    package let id: MessageID
    /// When the request was made.
    package let issueInstant: Date
    /// The identity provider's sign-in URL.
    package let destination: String
    /// Where the Response shall be posted.
    package let assertionConsumerService: String
    /// The service provider that asks.
    package let issuer: EntityID
    /// Whether the person must authenticate anew, although the identity provider has a session.
    package let forceAuthn: Bool
    /// What is asked of the NameID in the answer.
    package let nameIDPolicy: NameIDPolicy
    /// The classes of authentication of which one is wanted; `nil` for any.
    package let requestedAuthnContext: RequestedAuthnContext?
    /// The e-mail address of the person who wants to sign in, as a hint; `nil` for whoever it is.
    package let subject: String?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - id: A fresh random identifier.
    ///   - issueInstant: The present.
    ///   - destination: The identity provider's sign-in URL, which must not differ from where the browser is sent.
    ///   - assertionConsumerService: The workspace's assertion consumer service URL.
    ///   - issuer: The workspace's SP issuer.
    ///   - forceAuthn: Whether the person must authenticate anew.
    ///   - nameIDPolicy: What is asked of the NameID in the answer.
    ///   - requestedAuthnContext: The classes of authentication of which one is wanted.
    ///   - subject: The e-mail address of the person, as a hint.
    package init(
        id: MessageID,
        issueInstant: Date,
        destination: String,
        assertionConsumerService: String,
        issuer: EntityID,
        forceAuthn: Bool = false,
        nameIDPolicy: NameIDPolicy = .any,
        requestedAuthnContext: RequestedAuthnContext? = nil,
        subject: String? = nil
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.destination = destination
        self.assertionConsumerService = assertionConsumerService
        self.issuer = issuer
        self.forceAuthn = forceAuthn
        self.nameIDPolicy = nameIDPolicy
        self.requestedAuthnContext = requestedAuthnContext
        self.subject = subject
    }
}
