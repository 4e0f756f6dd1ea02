import FoundationEssentials
import SAML
import SAMLBindings
import XMLSecurity

/// Makes one signed Response for all contestants, and measures how long Portico takes to check it.
///
///     ResponseCheckBenchmark prepare FOLDER
///     ResponseCheckBenchmark measure FOLDER CHECKS
///
/// `Benchmarks/response-check` runs it, in turns with the others.
@main
enum ResponseCheckBenchmark {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("prepare", 2):
            try Exchange.make(now: Date()).write(to: URL(filePath: arguments[1]))
        case ("measure", 3):
            guard let checks = Int(arguments[2]), checks > 0 else { throw BenchmarkFailure.usage }
            print(try self.measure(try Exchange.read(from: URL(filePath: arguments[1])), checks: checks))
        case _:
            throw BenchmarkFailure.usage
        }
    }

    /// Answers the microseconds of CPU that one check takes: from the form field to the validated assertion.
    ///
    /// The certificates are read before, as the gateway keeps them read.
    private static func measure(_ exchange: Exchange, checks: Int) throws -> Double {
        let certificates = try SigningCertificate.parse(exchange.certificate)
        let expectations = try exchange.expectations()
        guard (try? self.check(exchange.tamperedResponse, expectations, certificates)) == nil else {
            throw BenchmarkFailure.acceptedATamperedResponse
        }
        for _ in 0..<(checks / 10 + 1) {
            try self.check(exchange.response, expectations, certificates)
        }
        let start = ProcessorTime.now
        for _ in 0..<checks {
            try self.check(exchange.response, expectations, certificates)
        }
        return (ProcessorTime.now - start) / Double(checks)
    }

    @discardableResult
    private static func check(
        _ response: String,
        _ expectations: Expectations,
        _ certificates: [SigningCertificate]
    ) throws -> ValidatedAssertion {
        try HTTPPostBinding.decodeResponse(response)
            .validate(expectations, certificates: certificates, signaturePolicy: .assertion)
    }
}
