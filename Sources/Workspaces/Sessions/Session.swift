package import FoundationEssentials

/// A person signed in to one workspace, and to no other (behavior Q15, X2).
///
/// Role, names and lists are those of the membership at the time of loading; whoever caches a session reloads it when a
/// ``SessionInvalidation`` names it (behavior S2).
package struct Session: Hashable, Sendable {
    /// The identifier for people and logs.
    package let id: SessionID
    /// The key under which the session is found.
    package let tokenHash: SessionTokenHash
    /// The workspace that the session is for.
    package let workspaceID: WorkspaceID
    /// The workspace's public name.
    package var companyID: CompanyID
    /// The person.
    package let userID: UserID
    /// The person's address.
    package let email: Email
    /// The person's name for human eyes.
    package var displayName: String
    /// The role in the workspace.
    package var role: Role
    /// The names of the mapped groups.
    package var groups: [String]
    /// The identifiers of the spaces.
    package var spaces: [String]
    /// The projects.
    package var projects: [ProjectAssignment]
    /// When the person signed in.
    package let authenticatedAt: Date
    /// How the person signed in.
    package let method: AuthenticationMethod
    /// When the person last proved who they are because they were asked to; `nil` for an ordinary sign-in, at which the
    /// identity provider may have remembered them.
    package let confirmedAt: Date?
    /// When the session ends whatever happens, exclusive: see ``SessionLimits``.
    package let expiresAt: Date
    /// How long the session lives without a request.
    package let maxIdle: Duration
    /// The time of the newest request that is known.
    package var lastSeenAt: Date

    /// Makes a session; without a time of the last request that is the sign-in itself.
    package init(
        id: SessionID,
        tokenHash: SessionTokenHash,
        workspaceID: WorkspaceID,
        companyID: CompanyID,
        userID: UserID,
        email: Email,
        displayName: String,
        role: Role,
        groups: [String] = [],
        spaces: [String] = [],
        projects: [ProjectAssignment] = [],
        authenticatedAt: Date,
        method: AuthenticationMethod = .saml,
        confirmedAt: Date? = nil,
        expiresAt: Date,
        maxIdle: Duration,
        lastSeenAt: Date? = nil
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.workspaceID = workspaceID
        self.companyID = companyID
        self.userID = userID
        self.email = email
        self.displayName = displayName
        self.role = role
        self.groups = groups
        self.spaces = spaces
        self.projects = projects
        self.authenticatedAt = authenticatedAt
        self.method = method
        self.confirmedAt = confirmedAt
        self.expiresAt = expiresAt
        self.maxIdle = maxIdle
        self.lastSeenAt = lastSeenAt ?? authenticatedAt
    }

    /// The person as applications know them (behavior P1).
    package var subject: SubjectID { SubjectID(of: self.userID, in: self.workspaceID) }

    /// Whether the session opens anything at this instant.
    ///
    /// Both limits are exclusive (SAML core gives SessionNotOnOrAfter so; the other follows it).
    package func validity(at now: Date) -> SessionValidity {
        if now >= self.expiresAt { return .expired }
        if now >= self.lastSeenAt.advanced(by: self.maxIdle) { return .idle }
        return .valid
    }
}
