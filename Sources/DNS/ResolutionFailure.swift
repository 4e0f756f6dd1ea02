/// Why a question has no answer; that a name or a record does not exist is an answer.
package enum ResolutionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No name server answered in time, or each of them failed; in the words of the library.
    case unanswered(String)
    /// The library could not be set up, or the servers are not as they are written; in the words of the library.
    case unusable(String)
    /// Too many questions are being asked at once.
    case busy

    /// What happened, and what to look at.
    package var description: String {
        switch self {
        case .unanswered(let reason):
            "no name server answers (\(reason)); if it stays so, whoever runs Portico looks at DNS_RESOLVER and the network"
        case .unusable(let reason):
            "the name servers cannot be asked (\(reason)); whoever runs Portico looks at DNS_RESOLVER"
        case .busy: "too many questions are being asked at once; it is asked again in a few minutes"
        }
    }
}
