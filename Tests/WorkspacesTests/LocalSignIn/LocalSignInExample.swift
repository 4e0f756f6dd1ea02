import Testing
import Workspaces

/// An owner who signs in with the right passphrase, until a test changes something about it.
struct LocalSignInExample {
    var workspace: Workspace
    var domains: [EmailDomain]
    var membership: Membership?
    var proof = LocalSignInProof.complete

    init() throws {
        var sample = try SampleSignIn()
        try sample.join(.active, role: "ADMIN", source: .owner, isOwner: true)
        self.workspace = sample.workspace
        self.domains = sample.domains
        self.membership = sample.membership
    }

    var decision: LocalSignInDecision {
        LocalSignInDecision(
            configured: ConfiguredWorkspace(
                workspace: self.workspace,
                identityProvider: nil,
                domains: self.domains
            ),
            membership: self.membership,
            activeMembers: 5,
            proof: self.proof
        )
    }
}
