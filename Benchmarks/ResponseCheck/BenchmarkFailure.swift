/// Why there is nothing to report.
enum BenchmarkFailure: Error {
    /// The arguments are not understood.
    case usage
    /// A name in the exchange is no SAML name.
    case malformedExchange
    /// A changed Response passed, so that what would be measured is no check.
    case acceptedATamperedResponse
    /// The system does not say how much memory the process uses.
    case unknownMemory
}
