/// What a server answered: the document, or where it is.
enum FetchAnswer: Hashable, Sendable {
    case document([UInt8])
    case redirection(String)
}
