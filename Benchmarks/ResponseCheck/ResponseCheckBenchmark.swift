import Dispatch
import FoundationEssentials
import SAML
import SAMLBindings
import XMLSecurity

/// Makes one signed Response for all contestants, and measures how long Portico takes to check it.
///
///     ResponseCheckBenchmark prepare FOLDER
///     ResponseCheckBenchmark measure FOLDER CHECKS    prints the microseconds of CPU that a check takes
///     ResponseCheckBenchmark scale FOLDER CHECKS THREADS
///                                                     prints the microseconds of CPU that a check takes on one thread alone,
///                                                     and on so many at once
///     ResponseCheckBenchmark memory FOLDER CHECKS     prints the resident KiB before and after so many checks
///
/// `Benchmarks/run response-check` runs it, in turns with the others.
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
        case ("scale", 4):
            guard let checks = Int(arguments[2]), checks > 0, let threads = Int(arguments[3]), threads > 0 else {
                throw BenchmarkFailure.usage
            }
            let exchange = try Exchange.read(from: URL(filePath: arguments[1]))
            let (alone, together) = try self.scale(exchange, checks: checks, threads: threads)
            print(alone, together)
        case ("memory", 3):
            guard let checks = Int(arguments[2]), checks > 0 else { throw BenchmarkFailure.usage }
            let (before, after) = try self.memory(try Exchange.read(from: URL(filePath: arguments[1])), checks: checks)
            print(before, after)
        case _:
            throw BenchmarkFailure.usage
        }
    }

    /// Answers the microseconds of CPU that one check takes: from the form field to the validated assertion.
    ///
    /// The certificates are read before, as the gateway keeps them read.
    private static func measure(_ exchange: Exchange, checks: Int) throws -> Double {
        let (certificates, expectations) = try self.prepare(exchange)
        for _ in 0..<(checks / 10 + 1) {
            try self.check(exchange.response, expectations, certificates)
        }
        let start = ProcessorTime.now
        for _ in 0..<checks {
            try self.check(exchange.response, expectations, certificates)
        }
        return (ProcessorTime.now - start) / Double(checks)
    }

    /// Answers the microseconds of CPU that one check takes on one thread alone, and while so many threads check at once,
    /// each as often.
    ///
    /// They share what a gateway's connections share: the certificates, read once. The one thread is of a program with
    /// others too, as a gateway is: the allocator spares a program that never had a second one its locks. They take ten
    /// turns of so many checks each, so that a busy machine is busy for both.
    private static func scale(
        _ exchange: Exchange,
        checks: Int,
        threads: Int
    ) throws -> (alone: Double, together: Double) {
        let (certificates, expectations) = try self.prepare(exchange)
        let response = exchange.response
        // Preparing has shown that the Response is accepted.
        try self.check(response, expectations, certificates)
        func time(threads: Int) -> Double {
            let start = ProcessorTime.now
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                for _ in 0..<checks { _ = try? self.check(response, expectations, certificates) }
            }
            return (ProcessorTime.now - start) / Double(checks * threads)
        }
        _ = time(threads: max(threads, 2))
        var (alone, together) = (0.0, 0.0)
        for _ in 0..<10 {
            alone += time(threads: 1) / 10
            together += time(threads: threads) / 10
        }
        return (alone, together)
    }

    /// Answers the resident memory in KiB before and after checks of the Response, each followed by one of the changed
    /// Response: a refusal must not leave anything behind either.
    ///
    /// "Before" is after some thousand checks, when libraries and the allocator have what they keep.
    private static func memory(_ exchange: Exchange, checks: Int) throws -> (before: Int, after: Int) {
        let (certificates, expectations) = try self.prepare(exchange)
        func run(_ checks: Int) throws {
            for _ in 0..<checks {
                try self.check(exchange.response, expectations, certificates)
                _ = try? self.check(exchange.tamperedResponse, expectations, certificates)
            }
        }
        try run(2000)
        let before = try ResidentMemory.now
        try run(checks)
        return (before, try ResidentMemory.now)
    }

    /// Reads what a gateway keeps, and makes sure that there is something to measure.
    private static func prepare(_ exchange: Exchange) throws -> ([SigningCertificate], Expectations) {
        let certificates = try SigningCertificate.parse(exchange.certificate)
        let expectations = try exchange.expectations()
        guard (try? self.check(exchange.tamperedResponse, expectations, certificates)) == nil else {
            throw BenchmarkFailure.acceptedATamperedResponse
        }
        return (certificates, expectations)
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
