/// What the local identity provider signs.
package enum ResponseSigning: Sendable {
    /// The assertion alone, as Google does.
    case assertion
    /// The response alone.
    case response
    /// Both.
    case both
}
