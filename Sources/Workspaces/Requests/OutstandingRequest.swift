package import FoundationEssentials
package import SAML

/// A sign-in that was begun and waits for the identity provider's response; it is consumed once (behavior F2).
///
/// It alone decides the workspace of a response (behavior Q5).
package struct OutstandingRequest: Hashable, Sendable {
    /// How long a response is waited for.
    package static let lifetime: Duration = .seconds(600)

    /// The identifier of the AuthnRequest, which the response must name.
    package let id: MessageID
    /// The workspace that the sign-in is for.
    package let workspaceID: WorkspaceID
    /// What the person asked for.
    package let intent: SignInIntent
    /// Where the person goes afterwards.
    package let returnPath: ReturnPath
    /// The browser that began the sign-in and alone may finish it.
    package let browserHash: BrowserHash
    /// Whether the person is to prove anew who they are (saml-core 3.4.1, ForceAuthn).
    package let isConfirmation: Bool
    /// The handle that was sent along.
    package let relayState: String
    /// Whom the invitation is for by whose link the sign-in was begun, so that it survives the way to the identity
    /// provider and back (behavior F6).
    package let invitedUser: UserID?
    /// When the sign-in was begun.
    package let createdAt: Date
    /// When the response is no longer accepted, exclusive.
    package let expiresAt: Date

    /// Restores a request from its row.
    package init(
        id: MessageID,
        workspaceID: WorkspaceID,
        intent: SignInIntent,
        returnPath: ReturnPath,
        browserHash: BrowserHash,
        isConfirmation: Bool = false,
        relayState: String,
        invitedUser: UserID?,
        createdAt: Date,
        expiresAt: Date
    ) {
        self.id = id
        self.workspaceID = workspaceID
        self.intent = intent
        self.returnPath = returnPath
        self.browserHash = browserHash
        self.isConfirmation = isConfirmation
        self.relayState = relayState
        self.invitedUser = invitedUser
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Begins a sign-in: a fresh identifier, a fresh handle and ``lifetime`` to finish it.
    package static func begin(
        workspaceID: WorkspaceID,
        intent: SignInIntent,
        returnPath: ReturnPath,
        browserHash: BrowserHash,
        isConfirmation: Bool = false,
        invitedUser: UserID? = nil,
        now: Date
    ) -> OutstandingRequest {
        OutstandingRequest(
            id: .random(),
            workspaceID: workspaceID,
            intent: intent,
            returnPath: returnPath,
            browserHash: browserHash,
            isConfirmation: isConfirmation,
            relayState: RelayState.random(),
            invitedUser: invitedUser,
            createdAt: now,
            expiresAt: now.advanced(by: Self.lifetime)
        )
    }

    /// Checks that a response belongs to this request; the identifier has been compared by looking the request up.
    ///
    /// - Parameters:
    ///   - browserHash: The browser that posts the response, if it showed its key.
    ///   - relayState: The handle that came with the response; a dropped one is tolerated (rulings 1).
    ///   - now: The present.
    /// - Throws: ``RefusalCode/requestUnknownOrUsed`` whichever of them is wrong.
    package func check(browserHash: BrowserHash?, relayState: String?, now: Date) throws(RefusalCode) {
        guard now < self.expiresAt else { throw .requestUnknownOrUsed }
        guard browserHash == self.browserHash else { throw .requestUnknownOrUsed }
        guard let relayState, !relayState.isEmpty else { return }
        guard relayState.utf8.elementsEqual(self.relayState.utf8) else { throw .requestUnknownOrUsed }
    }
}
