import ArgumentParser
import Foundation

/// The flags of every command of the operator.
struct OperatorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The YAML file with settings.", valueName: "file"))
    var config: String?

    @Flag(help: "Write JSON.")
    var json = false

    /// What is run, as the audit log tells it.
    var run: OperatorRun?

    private enum CodingKeys: String, CodingKey {
        case config
        case json
    }

    /// The configuration as the environment and the file give it.
    var input: SettingsInput {
        let flags = self.config.map { [SettingKey.config: $0] } ?? [:]
        return SettingsInput(flags: flags, environment: ProcessInfo.processInfo.environment)
    }

    /// Where the command writes.
    var output: CommandOutput { CommandOutput(json: self.json) }
}
