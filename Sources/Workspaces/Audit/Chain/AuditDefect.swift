/// What shows that somebody other than Portico wrote in an audit log or its chain.
package enum AuditDefect: Hashable, Sendable {
    /// The event of a link is gone.
    case eventRemoved(position: Int, eventID: Int)
    /// The event, its place or its link is not what was sealed.
    case altered(position: Int, eventID: Int)
    /// A link is gone.
    case linkRemoved(position: Int)
    /// The links end elsewhere than the chain says.
    case headMoved(position: Int, end: Int)
    /// There are links, and nothing says where they end.
    case headRemoved
    /// The chain was written without the secret key.
    case sealBroken
    /// The chain is sealed under a secret key that was not given.
    case sealUnknown(secretKeyID: String)
    /// There are events that were written past Portico, the first of which is this one.
    case inserted(eventID: Int, count: Int)

    /// The position of the link at which it shows; `nil` for what concerns no link.
    package var position: Int? {
        switch self {
        case .eventRemoved(let position, _), .altered(let position, _), .linkRemoved(let position): position
        case .headMoved, .headRemoved, .sealBroken, .sealUnknown, .inserted: nil
        }
    }

    /// Whether it may have a reason that is none of an attacker's: a secret key that is not at hand.
    package var isUnknownKey: Bool {
        guard case .sealUnknown = self else { return false }
        return true
    }
}

extension AuditDefect: CustomStringConvertible {
    /// What was found, in a sentence without its full stop.
    package var description: String {
        switch self {
        case .eventRemoved(let position, let eventID):
            "event \(eventID), at position \(position), was deleted"
        case .altered(let position, let eventID):
            "event \(eventID), at position \(position), is not what was sealed there: it or its link was changed, moved or put in"
        case .linkRemoved(let position):
            "the link at position \(position) was deleted"
        case .headMoved(let position, let end):
            "the chain was sealed up to position \(position), and its links end otherwise, at \(end)"
        case .headRemoved:
            "what tells the end of the chain was deleted"
        case .sealBroken:
            "the chain holds in itself, but its end was written without the secret key: somebody made it anew or set it back"
        case .sealUnknown(let secretKeyID):
            "the chain is sealed under a secret key that PORTICO_SECRET_KEY does not name (its id is \(secretKeyID))"
        case .inserted(let eventID, let count):
            count == 1
                ? "event \(eventID) was put in past Portico, which did not seal it"
                : "\(count) events were put in past Portico, which did not seal them; the first is event \(eventID)"
        }
    }
}
