/// What becomes of comments in a document.
package enum XMLComments: Hashable, Sendable {
    /// A comment refuses the document: in a signed message, a reader could see other text than the verifier did
    /// (saml-security A22).
    case refused
    /// Comments are left out while parsing, and the text around one is joined: for documents of which no signature is
    /// checked, such as metadata.
    case dropped
}
