/// How somebody becomes an administrator of a workspace by a sign-in alone: the value to send, to the letter.
///
/// Whoever sets a workspace up that has no administrator yet is the first who is refused, and reads "invites the person":
/// there is nobody who could.
package struct AdministratorHint: Hashable, Sendable {
    /// The role value, for example `company-a_ADMIN`.
    package let value: String
    /// The attribute that it is read from.
    package let attribute: String
    /// Whether everybody needs a role there once somebody has one (behavior R1).
    package let isLatched: Bool

    /// Works the hint out; there is none where the workspace does not read roles.
    ///
    /// - Parameters:
    ///   - configured: The workspace, with the settings that a sign-in is read by.
    ///   - catalogue: The roles of the installation.
    package init?(_ configured: ConfiguredWorkspace, catalogue: RoleCatalogue) {
        guard let provider = configured.identityProvider, configured.workspace.rolesMode != .off else { return nil }
        self.value = "\(configured.workspace.companyID)_\(catalogue.admin)"
        self.attribute = provider.attributeNames.roles
        self.isLatched = configured.workspace.rolesMode == .auto
    }

    /// What to do, in whole sentences.
    package var words: String {
        "The identity provider's administrator can send “\(self.value)” in the attribute “\(self.attribute)”, exactly as it"
            + " is written here: whoever has it comes in as an administrator."
            + (self.isLatched ? " From then on everybody needs a role there." : "")
    }
}

extension SignInCheck {
    /// The remedy, with what makes an administrator of somebody who is refused for want of a membership or a role.
    package func remedy(_ hint: AdministratorHint?) -> String? {
        guard let remedy else { return nil }
        switch self.code {
        case .invitationRequired? where self.wanted == Self.invitedPerson:
            return remedy
        case .notRegistered?, .invitationRequired?, .awaitingRole?:
            return hint.map { "\(remedy) \($0.words)" } ?? remedy
        case _:
            return remedy
        }
    }
}
