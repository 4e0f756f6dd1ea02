import Foundation
import Testing

/// Exit codes and channels of the built program (interface section 2).
@Suite("How the program ends")
struct ExitCodeTests {
    /// Arguments and what they come to.
    struct Example: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let status: Int32
        let errors: String

        var testDescription: String { self.arguments.joined(separator: " ") }
    }

    static let examples = [
        Example(arguments: ["--help"], status: 0, errors: ""),
        Example(arguments: ["serve", "--help"], status: 0, errors: ""),
        Example(arguments: ["nonsense"], status: 2, errors: "nonsense"),
        Example(arguments: ["serve", "--nonsense"], status: 2, errors: "--nonsense"),
        Example(arguments: ["serve"], status: 2, errors: "PORTICO_PUBLIC_URL is missing"),
        Example(arguments: ["config", "check"], status: 2, errors: "mistakes in the configuration"),
        Example(arguments: ["migrate"], status: 2, errors: "PORTICO_DATABASE_URL is missing"),
    ]

    @Test("Wrong usage and configuration end with 2, help with 0", arguments: Self.examples)
    func exitCodes(_ example: Example) async throws {
        let run = try await ProgramRun(example.arguments)
        #expect(run.status == example.status)
        #expect(example.errors.isEmpty ? run.errors.isEmpty : run.errors.contains(example.errors))
        #expect(run.output.isEmpty == (example.status != 0))
    }

    @Test("config check says that the configuration is sound")
    func sound() async throws {
        let run = try await ProgramRun(
            ["config", "check"],
            environment: SettingsExample.environment.merging(["PORTICO_TRUSTED_PROXIES": "10.0.0.1"]) { $1 }
        )
        #expect(run.status == 0)
        #expect(run.output == "configuration is sound\n")
        #expect(run.errors.isEmpty)
    }

    @Test("config check --json writes every mistake on standard output")
    func mistakesAsJSON() async throws {
        let run = try await ProgramRun(["config", "check", "--json", "--workers", "none"])
        #expect(run.status == 2)
        #expect(run.errors.isEmpty)
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(!report.sound)
        #expect(report.mistakes.map(\.setting).contains("--workers"))
        #expect(report.mistakes.allSatisfy { !$0.problem.isEmpty && !$0.remedy.isEmpty && !$0.origin.isEmpty })
    }

    @Test("A database that is away ends migrate with 1 and one line")
    func databaseAway() async throws {
        let uri = "postgresql://nobody@127.0.0.1:1/none"
        let run = try await ProgramRun(["migrate"], environment: ["PORTICO_DATABASE_URL": uri])
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("portico: the database 127.0.0.1:1/none does not answer"))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(!run.errors.contains("\\u0009"))
    }

    private struct Report: Decodable {
        let sound: Bool
        let mistakes: [Mistake]

        struct Mistake: Decodable {
            let setting: String
            let origin: String
            let problem: String
            let remedy: String
        }
    }
}
