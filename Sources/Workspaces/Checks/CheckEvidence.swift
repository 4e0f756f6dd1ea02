/// What a check found, and whether it may be kept.
package enum CheckEvidence: Hashable, Sendable {
    /// Nothing about a person, though possibly text by anybody.
    case open(String)
    /// Something about the person who signs in: shown to the operator who asks, and never kept; `kept` is, if anything.
    case personal(String, kept: String? = nil)

    /// The text.
    package var text: String {
        switch self {
        case .open(let text), .personal(let text, _): text
        }
    }
}
