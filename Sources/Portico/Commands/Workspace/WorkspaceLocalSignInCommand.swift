import ArgumentParser
import Workspaces

/// `portico workspace local-sign-in`: who may sign in with a passphrase (behavior A5, rulings 27).
struct WorkspaceLocalSignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local-sign-in",
        abstract: "Say who may sign in with a passphrase: owner, members or off.",
        discussion: "Sessions that a passphrase has opened and that are not allowed any more end at once."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "owner: the break-glass sign-in alone. members: whoever is given a link. off: nobody.")
    var mode: LocalSignInMode

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let mode = self.mode
        let catalogue = try self.options.input.operatorSettings().members.roles
        try await self.options.administer(self.companyID, done: "lets in with a passphrase: \(mode.rawValue)") {
            try $0.change(WorkspaceChange(localSignIn: mode), catalogue: catalogue)
        }
    }
}
