internal import SAML

extension SignInFindings {
    /// What there is to tell of a checked assertion.
    ///
    /// - Parameters:
    ///   - outcome: What was decided.
    ///   - identity: The person that the assertion names.
    ///   - facts: What it was decided upon.
    ///   - catalogue: The roles of the installation.
    package init(
        _ outcome: ProvisioningOutcome,
        identity: AssertedIdentity,
        facts: SignInFacts,
        catalogue: RoleCatalogue
    ) {
        let reading = RolesAttribute.read(of: identity, in: facts.configured.workspace, catalogue: catalogue)
        self.init()
        switch outcome {
        case .accepted(let change, _, _):
            self.role = change.membership.role?.name
            self.roleSource = change.membership.roleSource
        case .refused:
            if case .role(let role, let source) = Self.entitlement(reading, identity, facts, catalogue) {
                self.role = role.name
                self.roleSource = source
            }
        }
        if case .present(let attribute) = reading {
            self.unmatchedRoles = Values(attribute.ignoredExamples, of: attribute.ignoredValues)
            self.otherCompanies = attribute.otherCompanies
        }
        let unmapped = identity.groups.subtracting(facts.groups.mappings.groups)
            .sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
        self.unmappedGroups = Values(unmapped.map(\.value), of: unmapped.count)
    }

    /// What the response says about the role of somebody who is refused; `nil` where it is refused for that.
    private static func entitlement(
        _ reading: RolesAttribute.Reading?,
        _ identity: AssertedIdentity,
        _ facts: SignInFacts,
        _ catalogue: RoleCatalogue
    ) -> Entitlement? {
        let workspace = facts.configured.workspace
        let asserted = try? EntitlementRule.entitlement(reading, membership: facts.membership, workspace: workspace)
        guard asserted == .notProcessed else { return asserted }
        return GroupRoleRule.entitlement(
            identity.groups,
            facts: facts.groups,
            workspace: workspace,
            catalogue: catalogue
        )
    }
}
