/// Why an assertion names nobody (behavior I1).
package enum AssertedIdentityRejection: Error, Hashable, Sendable {
    /// The attribute is absent, or has no value but white space.
    case emailMissing(attribute: String)
    /// The attribute has more than one distinct value; this many.
    case emailAmbiguous(attribute: String, distinctValues: Int)
    /// The value is not an address that Portico accepts, or has element children (behavior V2); the text by anybody.
    case emailInvalid(attribute: String, got: String?)

    /// The code for people and the audit log.
    package var code: RefusalCode {
        switch self {
        case .emailMissing: .emailMissing
        case .emailAmbiguous: .emailAmbiguous
        case .emailInvalid: .emailInvalid
        }
    }

    /// What the audit log says beside the code.
    package var detail: [String: String] {
        switch self {
        case .emailMissing(let attribute): ["attribute": attribute]
        case .emailAmbiguous(let attribute, let count): ["attribute": attribute, "distinct_values": String(count)]
        case .emailInvalid(let attribute, let got): ["attribute": attribute, "got": got ?? "element content"]
        }
    }
}
