package import FoundationEssentials
package import Workspaces

/// What belongs to one sign-in with a passphrase, beside the person.
package struct LocalSignInTerms: Sendable {
    /// The roles of the installation.
    package let catalogue: RoleCatalogue
    /// The limits of a session where the workspace has none of its own.
    package let sessionLimits: SessionLimits
    /// Where the browser is, for the audit log.
    package let clientAddress: String
    /// The session that the browser has now, which the new one takes the place of (behavior S4).
    package let replacing: SessionTokenHash?
    /// The id of the HTTP request.
    package let requestID: RequestID
    /// The present.
    package let now: Date

    /// Puts the terms together.
    package init(
        catalogue: RoleCatalogue,
        sessionLimits: SessionLimits,
        clientAddress: String,
        replacing: SessionTokenHash?,
        requestID: RequestID,
        now: Date
    ) {
        self.catalogue = catalogue
        self.sessionLimits = sessionLimits
        self.clientAddress = clientAddress
        self.replacing = replacing
        self.requestID = requestID
        self.now = now
    }
}
