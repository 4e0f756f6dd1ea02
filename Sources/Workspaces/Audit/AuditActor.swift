/// On whose word something was done.
package enum AuditActor: Hashable, Sendable {
    /// A person of the workspace, by address.
    case member(Email)
    /// Somebody at the command line of the installation.
    case `operator`
    /// The workspace's identity provider.
    case identityProvider
    /// Portico itself.
    case system
    /// Whoever opened a setup link of the operator's.
    case setup

    /// The kind, as it stands in the audit log: `member`, `operator`, `idp`, `system`, `setup`.
    package var kind: String {
        switch self {
        case .member: "member"
        case .operator: "operator"
        case .identityProvider: "idp"
        case .system: "system"
        case .setup: "setup"
        }
    }

    /// The person's address, for a member only.
    package var email: Email? {
        switch self {
        case .member(let email): email
        case .operator, .identityProvider, .system, .setup: nil
        }
    }

    /// Takes an actor apart into its columns again.
    ///
    /// - Returns: `nil` for an unknown kind and for a member without an address.
    package init?(kind: String, email: Email?) {
        switch (kind, email) {
        case ("member", let email?): self = .member(email)
        case ("operator", nil): self = .operator
        case ("idp", nil): self = .identityProvider
        case ("system", nil): self = .system
        case ("setup", nil): self = .setup
        case _: return nil
        }
    }
}
