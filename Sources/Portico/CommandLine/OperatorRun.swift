import ArgumentParser
import Foundation
import Storage
import Workspaces

/// One run of a command of the operator's: what the audit log says of each of its changes.
///
/// The connections of the command carry it as settings, which the statement that writes an event of the operator's reads. So
/// a change and its line in the operator's log are one transaction, whatever command it is.
struct OperatorRun: Hashable, Sendable {
    /// The command, without the program's name, such as `member invite`.
    let command: String

    /// Who ran it, as the environment says; anybody can put any name there, so it is no proof.
    let claimedUser: String?

    /// Takes the name of a command and the environment.
    init(of command: any ParsableCommand.Type, environment: [String: String]) {
        self.command = Self.path(to: command, below: PorticoCommand.self)?.joined(separator: " ") ?? "\(command)"
        self.claimedUser = ["SUDO_USER", "USER", "LOGNAME"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
            .map { String(PrintableText.escaped($0).prefix(128)) }
    }

    /// The settings of the command's connections.
    var sessionSettings: [String: String] {
        var settings = [AuditStore.commandSetting: self.command]
        settings[AuditStore.claimedUserSetting] = self.claimedUser
        return settings
    }

    /// That the command was run, for the operator's log.
    ///
    /// - Parameters:
    ///   - workspace: The workspace as it was typed.
    ///   - refusal: Why it was refused or failed; nil where it was done.
    ///   - now: The present.
    /// - Returns: The event; what the connection says of the command is added where it is written.
    func event(about workspace: String?, refusal: (any Error)?, now: Date) -> AuditEvent {
        var detail: [String: String] = [:]
        detail["company_id"] = workspace
        detail["reason"] = refusal.map { CommandExit($0).text }
        return AuditEvent(
            time: now,
            workspaceID: nil,
            actor: .operator,
            action: .commandRun,
            outcome: refusal == nil ? .done : .commandRefused,
            detail: detail
        )
    }

    private static func path(
        to wanted: any ParsableCommand.Type,
        below command: any ParsableCommand.Type
    ) -> [String]? {
        for child in command.configuration.subcommands {
            let name = child.configuration.commandName ?? "\(child)".lowercased()
            if child == wanted { return [name] }
            if let path = Self.path(to: wanted, below: child) { return [name] + path }
        }
        return nil
    }
}
