import LocalServers

/// The workspaces and people of the demonstration (interface section 1).
enum DemoCast {
    /// A workspace.
    struct Company: Sendable {
        let companyID: String
        let name: String
        let owner: String?
    }

    /// The one domain that both workspaces claim: domains are not exclusive (behavior Q9).
    static let domain = "company.example"

    static let companies = [
        Company(companyID: "company-a", name: "Company A", owner: "ann@\(Self.domain)"),
        Company(companyID: "company-b", name: "Company B", owner: nil),
    ]

    /// The people by user name, which is the password as well.
    static let people: [String: Person] = [
        "ann": Self.person("ann", "Ann Archer", roles: ["company-a_ADMIN", "company-b_REVIEWER"]),
        "bob": Self.person("bob", "Bob Baker", roles: ["company-a_LABELER"]),
        "cleo": Self.person("cleo", "Cleo Castillo", roles: ["company-b_LABELER"]),
    ]

    private static func person(_ name: String, _ displayName: String, roles: [String]) -> Person {
        Person(
            password: name,
            attributes: ["email": ["\(name)@\(Self.domain)"], "displayName": [displayName], "roles": roles]
        )
    }
}
