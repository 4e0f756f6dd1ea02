/// Why a message was not taken.
package enum MailFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server refused this message or its recipient for good.
    case refused(ServerAnswer)
    /// The server takes nothing now, or nothing from us; another attempt may succeed.
    case postponed(ServerAnswer)
    /// There was no answer of the server's to the message, in the library's words; another attempt may succeed.
    case unavailable(String)

    /// Whether no other attempt is worth making.
    package var isFinal: Bool {
        switch self {
        case .refused: true
        case .postponed, .unavailable: false
        }
    }

    /// What happened, in one line for any log: without the server's words, which may name the recipient.
    package var description: String {
        switch self {
        case .refused(let answer): "the mail server refused the message with status \(answer.status)"
        case .postponed(let answer): "the mail server did not take the message, with status \(answer.status)"
        case .unavailable(let reason): reason
        }
    }

    /// What happened, in one line for whoever wants the message sent: with the server's words.
    package var report: String {
        switch self {
        case .refused(let answer), .postponed(let answer): "The mail server answered: \(answer)"
        case .unavailable(let reason): "The mail server could not be used: \(reason)"
        }
    }
}
