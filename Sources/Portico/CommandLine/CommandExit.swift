import ArgumentParser
import Foundation
import Workspaces

/// How a command ends: what is written where, and the exit status (interface section 2).
///
/// 0 done; 1 refused or failed, with a line on standard error; 2 wrong usage or configuration. argument-parser would
/// say 64 for wrong usage, so its errors are translated here.
struct CommandExit: Hashable, Sendable {
    /// Where the text goes.
    enum Channel: Hashable, Sendable {
        /// Help and versions that were asked for.
        case standardOutput

        /// Everything that went wrong.
        case standardError
    }

    /// The exit status.
    let status: Int32

    /// What to write; empty where the command has written everything itself.
    let text: String

    /// Where to write it.
    let channel: Channel

    /// What an error that a command threw, or that parsing it threw, comes to.
    init(_ error: any Error) {
        switch error {
        case let refusal as CommandRefusal:
            // What a server or a document says may be part of it, and it is one line.
            let line = PrintableText.escaped(refusal.line)
            self.init(status: 1, text: "portico: \(line)", channel: .standardError)
        case let mistakes as SettingsMistakes:
            self.init(status: 2, text: "portico: \(mistakes)", channel: .standardError)
        case let code as ExitCode:
            self.init(status: code.rawValue, text: "", channel: .standardError)
        default:
            self.init(parsing: error)
        }
    }

    private init(parsing error: any Error) {
        switch PorticoCommand.exitCode(for: error) {
        case .success:
            self.init(status: 0, text: PorticoCommand.fullMessage(for: error), channel: .standardOutput)
        case .validationFailure:
            self.init(status: 2, text: PorticoCommand.fullMessage(for: error), channel: .standardError)
        default:
            self.init(status: 1, text: "portico: \(error)", channel: .standardError)
        }
    }

    private init(status: Int32, text: String, channel: Channel) {
        self.status = status
        self.text = text
        self.channel = channel
    }

    /// Writes the text and ends the process.
    func perform() -> Never {
        if !self.text.isEmpty {
            let bytes = Data((self.text + "\n").utf8)
            switch self.channel {
            case .standardOutput: FileHandle.standardOutput.write(bytes)
            case .standardError: FileHandle.standardError.write(bytes)
            }
        }
        exit(self.status)
    }
}
