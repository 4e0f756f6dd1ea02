import Workspaces

/// A sign-in whose response came back to the browser that began it, at the right place: what its checks need.
struct BoundSignIn {
    /// The stored request.
    let outstanding: OutstandingRequest
    /// The workspace that it is for.
    let workspace: Workspace
    /// The workspace's identity provider.
    let identityProvider: IdentityProviderConfiguration
    /// The only place where the workspace accepts responses.
    let assertionConsumerService: String
}
