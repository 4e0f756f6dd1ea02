import Foundation

/// What `make conformance` runs of Portico itself.
///
///     ConformanceChecker wrapping [STRIDE]       every document of the wrapping engine, or each STRIDE-th
///     ConformanceChecker cost                    the CPU time of messages that are made to be slow
///     ConformanceChecker prepare FOLDER COUNT    signed messages and COUNT documents made of each, for second opinions
///     ConformanceChecker judge FOLDER            a verdict for each document that FOLDER/cases.json names
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
        case ("prepare", 3):
            guard let count = Int(arguments[2]), count > 0 else { throw CheckerFailure.usage }
            try Preparation.write(to: arguments[1], documents: count)
        case ("judge", 2):
            try Judgment.judge(folder: arguments[1])
        case _:
            throw CheckerFailure.usage
        }
    }
}
