/// saml-bindings 3.5.5.2: a signed message names the URL that it was sent to, "and the recipient MUST verify" it.
///
/// A Destination that is there must be equal, signed or not (saml-security A07). It may be absent only on a Response
/// that is not signed (rulings 6); the assertion's own Recipient is required in any case.
struct DestinationRule {
    /// The URL that the message came to.
    let endpoint: String

    @discardableResult
    func check(_ destination: String?, responseIsSigned: Bool) throws(ResponseRejection) -> Finding {
        guard let destination else {
            guard !responseIsSigned else {
                throw ResponseRejection(
                    .recipientMismatch,
                    rule: "DestinationRule",
                    wanted: self.endpoint
                )
            }
            return Finding(
                wanted: .text(self.endpoint),
                got: "none, as a Response that is not signed may have it"
            )
        }
        guard destination.isExactly(self.endpoint) else {
            throw ResponseRejection(
                .recipientMismatch,
                rule: "DestinationRule",
                wanted: self.endpoint,
                got: destination
            )
        }
        return Finding(wanted: .text(self.endpoint), got: .text(destination))
    }
}
