import PostgreSQL
import Workspaces

/// What the database says about a sign-in: the person and the groups.
struct StoredSignInFacts: Sendable {
    let people: MembershipFacts
    let groups: GroupFacts

    /// The statements that read the facts; ``init(_:management:)`` takes their results in this order.
    static func statements(about identity: AssertedIdentity, catalogue: RoleCatalogue) -> [SQL] {
        Self.statements(about: identity.email, groups: identity.groups, catalogue: catalogue)
    }

    /// The same for a person of whom no assertion is at hand.
    static func statements(about email: Email, groups: Set<GroupName>, catalogue: RoleCatalogue) -> [SQL] {
        GroupStatements.facts(about: email, groups: groups)
            + MembershipFacts.statements(about: email, catalogue: catalogue)
    }

    /// Reads the results of ``statements(about:catalogue:)``.
    ///
    /// - Returns: `nil` if the workspace was deleted.
    init?(_ results: some Collection<QueryResult>, management: MembershipManagement) throws {
        let groups = results.prefix(GroupStatements.factCount)
        guard let people = try MembershipFacts(results.dropFirst(GroupStatements.factCount)) else { return nil }
        self.people = people
        self.groups = try GroupFacts(groups, management: management)
    }

    /// The facts as a decision takes them.
    func signInFacts(signUpPolicy: SignUpPolicy, invitedUser: UserID? = nil) -> SignInFacts {
        self.people.signInFacts(signUpPolicy: signUpPolicy, groups: self.groups, invitedUser: invitedUser)
    }
}
