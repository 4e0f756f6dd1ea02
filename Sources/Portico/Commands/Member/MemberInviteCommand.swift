import ArgumentParser
import Workspaces

/// `portico member invite`: lets an address sign in with a role, once its identity provider agrees (behavior M1).
struct MemberInviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "invite", abstract: "Invite somebody.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The person's e-mail address.")
    var email: String

    @Option(help: "The role.")
    var role: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let role = self.role
        let done = "is invited as \(role); the next sign-in makes the person a member"
        try await self.options.administerMember(self.companyID, self.email, done: done) {
            try $0.invite($1, roleName: role, user: $2)
        }
    }
}
