internal import SAML

/// What somebody wants changed in a workspace's settings; what is `nil` stays as it is (behavior T8).
package struct WorkspaceChange: Hashable, Sendable {
    /// The name for human eyes.
    package var name: String?
    /// The name by which the identity provider knows Portico.
    package var spIssuer: String?
    /// The assertion consumer service.
    package var acsStyle: AssertionConsumerServiceStyle?
    /// When `roles` is read.
    package var rolesMode: RolesMode?
    /// What self-registration gives: a role or `NOT_ACTIVATED`.
    package var defaultRole: String?
    /// Whether people may register themselves.
    package var selfRegistration: Bool?
    /// Whether guests may be invited.
    package var allowGuests: Bool?
    /// What happens when the identity provider demotes the last administrator.
    package var lastAdminPolicy: LastAdminPolicy?
    /// Who manages roles.
    package var roleManager: RoleManagerChoice?
    /// Who may sign in with a passphrase.
    package var localSignIn: LocalSignInMode?
    /// The number of seats.
    package var seats: SeatLimit?

    /// Makes a change; what is not given stays as it is.
    package init(
        name: String? = nil,
        spIssuer: String? = nil,
        acsStyle: AssertionConsumerServiceStyle? = nil,
        rolesMode: RolesMode? = nil,
        defaultRole: String? = nil,
        selfRegistration: Bool? = nil,
        allowGuests: Bool? = nil,
        lastAdminPolicy: LastAdminPolicy? = nil,
        roleManager: RoleManagerChoice? = nil,
        localSignIn: LocalSignInMode? = nil,
        seats: SeatLimit? = nil
    ) {
        self.name = name
        self.spIssuer = spIssuer
        self.acsStyle = acsStyle
        self.rolesMode = rolesMode
        self.defaultRole = defaultRole
        self.selfRegistration = selfRegistration
        self.allowGuests = allowGuests
        self.lastAdminPolicy = lastAdminPolicy
        self.roleManager = roleManager
        self.localSignIn = localSignIn
        self.seats = seats
    }

    /// Checks the change and makes the workspace that results.
    ///
    /// Choosing `off`, or choosing `auto` where another mode was, opens the latch (behavior R1a); restating `auto`
    /// keeps it closed (rulings 18).
    ///
    /// - Throws: All mistakes together.
    package func applied(
        to current: Workspace,
        catalogue: RoleCatalogue
    ) throws(ConfigurationMistakes) -> Workspace {
        try ConfigurationMistakes.check(self.mistakes(catalogue: catalogue))
        var new = current
        new.name = self.name.map(XMLWhitespace.trimming) ?? current.name
        new.spIssuer = self.spIssuer.flatMap(EntityID.init) ?? current.spIssuer
        new.acsStyle = self.acsStyle ?? current.acsStyle
        if let rolesMode = self.rolesMode, rolesMode != current.rolesMode {
            new.rolesMode = rolesMode
            if rolesMode != .required { new.rolesFirstSeenAt = nil }
        }
        new.defaultRole = self.defaultRole.flatMap { DefaultRole($0, in: catalogue) } ?? current.defaultRole
        new.selfRegistration = self.selfRegistration ?? current.selfRegistration
        new.allowGuests = self.allowGuests ?? current.allowGuests
        new.lastAdminPolicy = self.lastAdminPolicy ?? current.lastAdminPolicy
        if let roleManager { new.roleManager = roleManager.manager }
        new.localSignIn = self.localSignIn ?? current.localSignIn
        if let seats { new.seats = seats.number }
        return new
    }

    /// What is wrong with the change, whatever it is applied to.
    func mistakes(catalogue: RoleCatalogue) -> [ConfigurationMistakes.Mistake] {
        var mistakes: [ConfigurationMistakes.Mistake] = []
        if let name = self.name.map(XMLWhitespace.trimming), !Self.isName(name) {
            mistakes.append(
                .init(field: "name", message: "Give a name of 1 to 200 characters, without line breaks.")
            )
        }
        if let spIssuer = self.spIssuer, EntityID(spIssuer) == nil {
            mistakes.append(
                .init(
                    field: "sp_issuer",
                    message:
                        "It is empty, too long, or has white space around it. Give the name that the application has"
                        + " at your identity provider, such as portico."
                )
            )
        }
        if let text = self.defaultRole, DefaultRole(text, in: catalogue) == nil {
            let known = catalogue.roles.filter { $0 != catalogue.admin }.map(\.name) + ["NOT_ACTIVATED"]
            mistakes.append(
                .init(
                    field: "default_role",
                    message: "“\(text)” cannot be given to everybody who registers. Give one of"
                        + " \(known.joined(separator: ", "))."
                )
            )
        }
        if let seats = self.seats?.number, seats < 1 {
            mistakes.append(
                .init(field: "seats", message: "Give a number of at least 1, or null for no limit.")
            )
        }
        return mistakes
    }

    private static func isName(_ name: String) -> Bool {
        guard (1...200).contains(name.unicodeScalars.count) else { return false }
        return name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
