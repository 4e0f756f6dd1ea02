import Crypto
import FoundationEssentials
import PostgreSQL
import Workspaces

/// What a decision about one person of a workspace rests on.
struct MembershipFacts: Sendable {
    let configured: ConfiguredWorkspace
    let membership: Membership?
    let user: UserRegistration
    /// One where there are any.
    let otherActiveAdmins: Int
    /// Zero where seats are not limited.
    let activeMembers: Int

    /// Makes every other change to people and settings of the present workspace wait for the end of the transaction.
    ///
    /// Seats and administrators are properties of the whole workspace, so locking one membership would not do.
    static let lock: SQL = """
        SELECT workspace_id FROM workspaces WHERE workspace_id = portico_workspace() FOR NO KEY UPDATE
        """

    /// The statements that read the facts; ``init(_:)`` takes their results in this order.
    ///
    /// They take as long in a workspace of 50,000 members as in any other: seats are counted only where they are limited, and
    /// then from an index alone, and one other administrator is as good as many.
    static func statements(about email: Email, catalogue: RoleCatalogue) -> [SQL] {
        [
            WorkspaceDirectory.selectConfiguration,
            """
            SELECT \(fragment: Membership.columns) FROM memberships m
            WHERE m.workspace_id = portico_workspace() AND m.email = \(email.value)
            """,
            """
            SELECT (SELECT user_id FROM users WHERE email_sha256 = \(Self.key(email))) AS user_id,
                (SELECT count(*) FROM memberships
                    WHERE workspace_id = portico_workspace() AND state = 'ACTIVE' AND EXISTS (
                        SELECT 1 FROM workspaces w WHERE w.workspace_id = portico_workspace() AND w.seats IS NOT NULL)
                ) AS active_members,
                (SELECT count(*) FROM (
                    SELECT 1 FROM memberships
                    WHERE workspace_id = portico_workspace() AND state = 'ACTIVE'
                        AND role = \(catalogue.admin.name) AND email <> \(email.value) LIMIT 1) one
                ) AS other_admins
            """,
        ]
    }

    /// Reads the results of ``statements(about:catalogue:)``.
    ///
    /// - Returns: `nil` if the workspace was deleted.
    init?(_ results: some Collection<QueryResult>) throws {
        let results = Array(results)
        guard results.count == 3 else {
            throw PostgreSQLError.unexpectedRowCount(results.count)
        }
        guard let configuration = try results[0].optionalRow() else {
            return nil
        }
        let counts = try results[2].singleRow()
        self.configured = try WorkspaceDirectory.configuredWorkspace(configuration)
        self.membership = try results[1].optionalRow().map { try Membership($0) }
        self.user =
            try counts.optional("user_id", as: UUID.self).map { .registered(UserID($0)) }
            ?? .unregistered(newID: .random())
        self.otherActiveAdmins = try counts.value("other_admins")
        self.activeMembers = try counts.value("active_members")
    }

    /// The facts as a decision takes them.
    func signInFacts(signUpPolicy: SignUpPolicy, groups: GroupFacts, invitedUser: UserID?) -> SignInFacts {
        SignInFacts(
            configured: self.configured,
            membership: self.membership,
            user: self.user,
            otherActiveAdmins: self.otherActiveAdmins,
            activeMembers: self.activeMembers,
            signUpPolicy: signUpPolicy,
            groups: groups,
            invitedUser: invitedUser
        )
    }

    /// The key of an address in the table of users.
    static func key(_ email: Email) -> [UInt8] {
        Array(SHA256.hash(data: Array(email.value.utf8)))
    }
}
