/// Where a sign-in began.
package enum SignInOrigin: Hashable, Sendable {
    /// Here: the response consumes the stored request, which alone decides the workspace (behavior Q5).
    case request(OutstandingRequest)
    /// At the identity provider of this workspace, which allows that (behavior Q7).
    case identityProvider(WorkspaceID)

    /// The stored request, where there is one.
    package var request: OutstandingRequest? {
        switch self {
        case .request(let request): request
        case .identityProvider: nil
        }
    }

    /// The workspace that the sign-in is for.
    package var workspaceID: WorkspaceID {
        switch self {
        case .request(let request): request.workspaceID
        case .identityProvider(let workspaceID): workspaceID
        }
    }

    /// What the person asked for; nobody asks an identity provider to be registered.
    package var intent: SignInIntent { self.request?.intent ?? .signIn }

    /// Where the person goes afterwards.
    package var returnPath: ReturnPath { self.request?.returnPath ?? .root }
}
