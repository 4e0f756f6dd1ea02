/// Why the checker cannot do what it was asked.
enum CheckerFailure: Error, CustomStringConvertible {
    /// The arguments are not those that it knows.
    case usage
    /// What a message that is measured agrees with is not written as messages write it.
    case malformedExpectations
    /// A document was accepted that names somebody who was not signed; it was written to this file.
    case forgedIdentity(String)
    /// A message that is right was refused, so that its documents would prove nothing.
    case originalRefused(String)
    /// A document costs more than the promise allows.
    case tooSlow(String)

    var description: String {
        switch self {
        case .originalRefused(let name): "REFUSED THOUGH RIGHT: \(name)"
        case .tooSlow(let name): "TOO SLOW: \(name)"
        case .usage: "usage: ConformanceChecker wrapping [STRIDE] | cost"
        case .malformedExpectations: "A name or a time of CostRun or SlowExperiment is malformed."
        case .forgedIdentity(let file): "ACCEPTED WITH A FORGED IDENTITY: \(file)"
        }
    }
}
