package import FoundationEssentials
package import SAML

/// A logout request of ours that waits for the identity provider's response; it is consumed once.
///
/// The session that it is about has ended already: all that the response decides is what the person reads.
package struct OutstandingLogout: Hashable, Sendable {
    /// How long a response is waited for.
    package static let lifetime: Duration = .seconds(600)

    /// The identifier of the LogoutRequest, which the response must name.
    package let id: MessageID
    /// The workspace whose session ended.
    package let workspaceID: WorkspaceID
    /// The browser that signed out, to which alone the response belongs.
    package let browserHash: BrowserHash
    /// When the response is no longer accepted, exclusive.
    package let expiresAt: Date

    /// Begins to wait: a fresh identifier and ``lifetime`` for the response.
    package static func begin(workspaceID: WorkspaceID, browserHash: BrowserHash, now: Date) -> OutstandingLogout {
        OutstandingLogout(
            id: .random(),
            workspaceID: workspaceID,
            browserHash: browserHash,
            expiresAt: now.advanced(by: Self.lifetime)
        )
    }
}
