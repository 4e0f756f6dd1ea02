import ArgumentParser
import Foundation

/// `portico config`: what concerns the configuration itself.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Look at the configuration.",
        subcommands: [Check.self]
    )

    /// `portico config check`: every mistake at once, or that there is none.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the configuration as serve would and report every mistake at once.",
            discussion: "Exits with 0 when the configuration is sound and with 2 when it is not."
        )

        @OptionGroup var settings: SettingsOptions

        @Flag(help: "Write JSON.")
        var json = false

        func run() async throws {
            let output = CommandOutput(json: self.json)
            let input = self.settings.input
            var warnings = input.unknownVariables.map { "\($0) is in the environment but is no setting" }
            do throws(SettingsMistakes) {
                warnings += try input.settings().warnings
            } catch {
                guard self.json else { throw error }
                try output.done("", ConfigurationReport(sound: false, mistakes: error.mistakes, warnings: warnings))
                throw ExitCode(2)
            }
            let lines = ["configuration is sound"] + warnings.map { "warning: \($0)" }
            try output.done(lines, ConfigurationReport(sound: true, mistakes: [], warnings: warnings))
        }
    }
}
