package import FoundationEssentials
package import SAML

/// A tenant: its name, who gets in and with which role (behavior T1).
package struct Workspace: Hashable, Sendable {
    /// Whether people can sign in.
    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// They can.
        case enabled
        /// They cannot, and the sign-in page answers as if the Company ID did not exist.
        case disabled
    }

    /// The identifier, never reused.
    package let id: WorkspaceID
    /// The name that people type to sign in.
    package var companyID: CompanyID
    /// The name for human eyes.
    package var name: String
    /// Whether people can sign in.
    package var status: Status
    /// The name by which the identity provider knows Portico: the audience of every assertion.
    package var spIssuer: EntityID
    /// The assertion consumer service that this workspace uses.
    package var acsStyle: AssertionConsumerServiceStyle
    /// When the `roles` attribute is read.
    package var rolesMode: RolesMode
    /// When the latch of ``RolesMode/auto`` closed (behavior R1a); `nil` while no checked response carried `roles`.
    package var rolesFirstSeenAt: Date?
    /// What self-registration gives.
    package var defaultRole: DefaultRole
    /// Whether people with an address in a claimed domain may register without an invitation.
    package var selfRegistration: Bool
    /// Whether invited people with an address outside the claimed domains may sign in (behavior D3).
    package var allowGuests: Bool
    /// What happens when the identity provider demotes the last administrator.
    package var lastAdminPolicy: LastAdminPolicy
    /// Who manages roles, where the workspace says it itself; `nil` for what the installation says (behavior A1).
    package var roleManager: MembershipManagement.Manager?
    /// Who may sign in with a passphrase of Portico's own (behavior A5, rulings 27).
    package var localSignIn: LocalSignInMode
    /// The number of active members that the workspace may have; `nil` for no limit (behavior C1).
    package var seats: Int?
    /// The workspace's own limit of a session's age; `nil` for the installation's.
    package var sessionMaxAge: Duration?
    /// The workspace's own limit of the time between two requests; `nil` for the installation's.
    package var sessionMaxIdle: Duration?

    /// Makes a workspace; what is not given is as a new workspace has it.
    package init(
        id: WorkspaceID,
        companyID: CompanyID,
        name: String,
        status: Status = .enabled,
        spIssuer: EntityID,
        acsStyle: AssertionConsumerServiceStyle = .shared,
        rolesMode: RolesMode = .auto,
        rolesFirstSeenAt: Date? = nil,
        defaultRole: DefaultRole,
        selfRegistration: Bool = true,
        allowGuests: Bool = false,
        lastAdminPolicy: LastAdminPolicy = .demote,
        roleManager: MembershipManagement.Manager? = nil,
        localSignIn: LocalSignInMode = .owner,
        seats: Int? = nil,
        sessionMaxAge: Duration? = nil,
        sessionMaxIdle: Duration? = nil
    ) {
        self.id = id
        self.companyID = companyID
        self.name = name
        self.status = status
        self.spIssuer = spIssuer
        self.acsStyle = acsStyle
        self.rolesMode = rolesMode
        self.rolesFirstSeenAt = rolesFirstSeenAt
        self.defaultRole = defaultRole
        self.selfRegistration = selfRegistration
        self.allowGuests = allowGuests
        self.lastAdminPolicy = lastAdminPolicy
        self.roleManager = roleManager
        self.localSignIn = localSignIn
        self.seats = seats
        self.sessionMaxAge = sessionMaxAge
        self.sessionMaxIdle = sessionMaxIdle
    }

    /// Whether nobody comes in to whom the identity provider gives no role in the `roles` attribute (behavior R1a, R5).
    package var wantsRoles: Bool {
        switch self.rolesMode {
        case .required: true
        case .auto: self.rolesFirstSeenAt != nil
        case .off: false
        }
    }
}
