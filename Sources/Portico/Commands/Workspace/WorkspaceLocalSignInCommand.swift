import ArgumentParser
import Workspaces

/// `portico workspace local-sign-in`: who may sign in with a passphrase (behavior A5, rulings 27).
struct WorkspaceLocalSignInCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "local-sign-in",
        abstract: "Say who may sign in with a passphrase: owner, members or off.",
        discussion: """
            Sessions that a passphrase has opened and that are not allowed any more end at once. Passphrases go only when single \
            sign-on is on and a test sign-in of its settings has succeeded, so that nobody is left without a way in.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "owner: the break-glass sign-in alone. members: whoever is given a link. off: nobody.")
    var mode: LocalSignInMode

    @Flag(help: "Take passphrases away although no test sign-in has succeeded; the audit log says so.")
    var operatorOverride = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let mode = self.mode
        let basis: SingleSignOnEnforcement.Basis = self.operatorOverride ? .operatorsWord : .testedSignIn
        let catalogue = try self.options.input.operatorSettings().members.roles
        try await self.options.administer(self.companyID, done: "lets in with a passphrase: \(mode.rawValue)") {
            try $0.change(WorkspaceChange(localSignIn: mode), catalogue: catalogue, enforcing: basis)
        }
    }
}
