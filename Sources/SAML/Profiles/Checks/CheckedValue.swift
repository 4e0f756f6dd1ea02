package import FoundationEssentials

/// What a check wanted or found, kept as it is and written out only when somebody reads it.
///
/// Nobody reads the checks of a sign-in that succeeds, so that they must cost next to nothing.
package enum CheckedValue: Hashable, Sendable {
    /// A text, of ours or of the message.
    case text(String)
    /// An instant, after words of ours.
    case instant(String, Date)
    /// From the first instant to the second, each of which may be open.
    case period(Date?, Date?)
    /// Several texts.
    case list([String])
}

extension CheckedValue: ExpressibleByStringLiteral {
    /// Takes words of ours.
    package init(stringLiteral value: String) {
        self = .text(value)
    }
}

extension CheckedValue: CustomStringConvertible {
    /// The value as text: possibly by anybody, and not bounded.
    package var description: String {
        switch self {
        case .text(let text): text
        case .instant("", let date): SAMLInstant.format(date)
        case .instant(let words, let date): "\(words) \(SAMLInstant.format(date))"
        case .period(let start, let end):
            "\(start.map(SAMLInstant.format) ?? "any time") to \(end.map(SAMLInstant.format) ?? "any time")"
        case .list(let texts): texts.joined(separator: " ")
        }
    }
}
