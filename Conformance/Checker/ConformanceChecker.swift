import Foundation

/// What `make conformance` runs of Portico itself.
///
///     ConformanceChecker wrapping [STRIDE]       every document of the wrapping engine, or each STRIDE-th
///     ConformanceChecker cost                    the CPU time of messages that are made to be slow
@main
enum ConformanceChecker {
    static func main() {
        do {
            try self.run()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("wrapping", 1...2):
            guard let stride = Int(arguments.dropFirst().first ?? "1"), stride > 0 else { throw CheckerFailure.usage }
            try WrappingRun.run(stride: stride)
        case ("cost", 1): try CostRun.run()
        case _:
            throw CheckerFailure.usage
        }
    }
}
