import Workspaces

/// The findings of a sign-in as they stand in the record of an attempt; what there is nothing to tell of is left out.
struct KeptSignInFindings: Codable, Hashable, Sendable {
    /// Values that gave nothing.
    private struct Values: Codable, Hashable, Sendable {
        let listed: [String]
        let others: Int

        init?(_ values: SignInFindings.Values) {
            guard !values.isEmpty else { return nil }
            self.listed = values.listed
            self.others = values.others
        }

        var restored: SignInFindings.Values { SignInFindings.Values(listed: self.listed, others: self.others) }
    }

    private let role: String?
    private let roleSource: String?
    private let roleValues: Values?
    private let otherCompanies: Int?
    private let groups: Values?
    private let statusCodes: [String]?
    private let statusMessage: String?

    private enum CodingKeys: String, CodingKey {
        case role
        case roleSource = "role_source"
        case roleValues = "role_values"
        case otherCompanies = "other_companies"
        case groups
        case statusCodes = "status_codes"
        case statusMessage = "status_message"
    }

    init(_ findings: SignInFindings) {
        self.role = findings.role
        self.roleSource = findings.roleSource?.rawValue
        self.roleValues = Values(findings.unmatchedRoles)
        self.otherCompanies = findings.otherCompanies == 0 ? nil : findings.otherCompanies
        self.groups = Values(findings.unmappedGroups)
        self.statusCodes = findings.statusCodes.isEmpty ? nil : findings.statusCodes
        self.statusMessage = findings.statusMessage
    }

    /// The findings; a source of the role that this version does not know is left out.
    var restored: SignInFindings {
        SignInFindings(
            role: self.role,
            roleSource: self.roleSource.flatMap { RoleSource(rawValue: $0) },
            unmatchedRoles: self.roleValues?.restored ?? .init(),
            otherCompanies: self.otherCompanies ?? 0,
            unmappedGroups: self.groups?.restored ?? .init(),
            statusCodes: self.statusCodes ?? [],
            statusMessage: self.statusMessage
        )
    }
}
