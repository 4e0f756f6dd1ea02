/// Decides whether the `roles` attribute lets the person in (behavior R1, R4, R5).
enum EntitlementRule {
    /// Turns what the attribute says into an entitlement.
    ///
    /// - Parameters:
    ///   - reading: The attribute; `nil` where the workspace does not read it.
    ///   - membership: The person's membership, if there is one.
    ///   - workspace: The workspace as it was before this response.
    /// - Returns: The role that the attribute names, or that roles are not processed.
    /// - Throws: ``RefusalCode/rolesTooLarge``, ``RefusalCode/rolesNoMatch`` or ``RefusalCode/rolesMissing``.
    static func entitlement(
        _ reading: RolesAttribute.Reading?,
        membership: Membership?,
        workspace: Workspace
    ) throws(SignInRefusal) -> Entitlement {
        switch reading {
        case nil:
            return .notProcessed
        case .tooLarge:
            // R2: the attribute says too much to be read, which is not the same as saying no.
            throw SignInRefusal(.rolesTooLarge)
        case .present(let attribute):
            // R4: the attribute is there and grants nothing.
            guard let role = attribute.role else {
                throw SignInRefusal(.rolesNoMatch, consequence: .revokeSessions)
            }
            return .role(role, from: .samlRoles)
        case .absent:
            // R5: many identity providers leave out an attribute without values, so that a person who lost every role
            // looks like one whose provider never sends them. Once this workspace or this member had roles, absent
            // means none.
            guard !Self.isExpected(membership: membership, workspace: workspace) else {
                throw SignInRefusal(.rolesMissing, consequence: .revokeSessions)
            }
            return .notProcessed
        }
    }

    /// Whether a sign-in without the attribute is one of somebody who lost every role.
    static func isExpected(membership: Membership?, workspace: Workspace) -> Bool {
        workspace.wantsRoles || workspace.rolesMode == .auto && membership?.roleSource == .samlRoles
    }
}
