import ArgumentParser

/// `portico member`: the people of a workspace.
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member",
        abstract: "List, invite and change the people of a workspace.",
        subcommands: [
            MemberListCommand.self, MemberInviteCommand.self, MemberSetRoleCommand.self,
            MemberDeactivateCommand.self, MemberReactivateCommand.self, MemberRemoveCommand.self,
            MemberBreakGlassCommand.self, MemberTransferOwnershipCommand.self,
        ]
    )
}
