import Workspaces

/// A sign-in whose response came to the right place, and to the browser that began it if one did: what its checks need.
struct BoundSignIn {
    /// Where it began.
    let origin: SignInOrigin
    /// The workspace that it is for.
    let workspace: Workspace
    /// The workspace's identity provider.
    let identityProvider: IdentityProviderConfiguration
    /// The only place where the workspace accepts responses.
    let assertionConsumerService: String

    /// How far a response has come that is refused now.
    var progress: RefusedSignIn.Progress {
        switch self.origin {
        case .request(let outstanding): .request(outstanding)
        case .identityProvider(let workspaceID): .unsolicited(workspaceID)
        }
    }
}
