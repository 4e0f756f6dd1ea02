/// saml-core 3.2.2: InResponseTo, if present, "MUST match the value of the corresponding request's ID attribute", and it
/// must be present in a Response to a request.
///
/// It may be absent only on a Response that is not signed, where it proves nothing; what binds the assertion to the
/// request is the signed SubjectConfirmationData, which ``BearerConfirmationRule`` reads (behavior V/9).
///
/// An unsolicited Response must not have it (saml-profiles 4.1.5).
struct InResponseToRule {
    private static let nothing = "no InResponseTo"

    let requestID: MessageID?

    private var wanted: CheckedValue { .text(self.requestID?.value ?? Self.nothing) }

    @discardableResult
    func check(_ inResponseTo: MessageID?, responseIsSigned: Bool) throws(ResponseRejection) -> Finding {
        if inResponseTo == nil, !responseIsSigned {
            return Finding(
                wanted: self.wanted,
                got: "none, as a Response that is not signed may have it"
            )
        }
        guard inResponseTo == self.requestID else {
            throw ResponseRejection(
                .requestUnknownOrUsed,
                rule: "InResponseToRule",
                wanted: self.requestID?.value ?? Self.nothing,
                got: inResponseTo?.value,
                responsible: .member
            )
        }
        return Finding(wanted: self.wanted, got: inResponseTo.map { .text($0.value) } ?? "none")
    }
}
