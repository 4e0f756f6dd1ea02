import ArgumentParser
import Foundation

/// `portico doctor`: what is wrong with an installation, and what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at database, migrations, clock, certificates, names, upstreams and mail; say what to do.",
        discussion: "Exits with 0 when there are only warnings, with 1 when something does not work."
    )

    @OptionGroup var settings: SettingsOptions

    @Flag(help: "Write JSON.")
    var json = false

    func run() async throws {
        let settings = try self.settings.input.settings()
        var findings = try await DatabaseExamination(settings: settings).findings()
        findings += await NetworkExamination(settings: settings).findings()
        findings += await MailExamination(settings: settings).findings()
        let output = CommandOutput(json: self.json)
        try output.done(findings.flatMap(\.lines), findings)
        guard !findings.contains(where: { $0.status == .failure }) else { throw ExitCode(1) }
    }
}
