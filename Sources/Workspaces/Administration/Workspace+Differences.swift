internal import SAML

/// What distinguishes two versions of the settings, under the names of interface section 7.
extension Workspace {
    /// The settings that another version has otherwise.
    package func differences(to new: Workspace) -> [SettingDifference] {
        zip(self.settings, new.settings).compactMap { SettingDifference($0.name, from: $0.value, to: $1.value) }
    }

    /// What a workspace is made with: every setting, as a difference to nothing.
    var firstSettings: [SettingDifference] {
        self.settings.compactMap { SettingDifference($0.name, from: nil, to: $0.value) }
    }

    /// Every setting, always in the same order; the value is `nil` where nothing is set.
    private var settings: [(name: String, value: String?)] {
        [
            ("name", self.name),
            ("status", self.status.rawValue),
            ("sp_issuer", self.spIssuer.value),
            ("acs_style", self.acsStyle.rawValue),
            ("roles_mode", self.rolesMode.rawValue),
            ("default_role", self.defaultRole.description),
            ("self_registration", "\(self.selfRegistration)"),
            ("guests", "\(self.allowGuests)"),
            ("protect_last_admin", "\(self.lastAdminPolicy == .keep)"),
            ("role_management", RoleManagerChoice(self.roleManager).rawValue),
            ("max_session_age", self.sessionMaxAge?.minutes),
            ("max_time_between_activity", self.sessionMaxIdle?.minutes),
            ("local_sign_in", self.localSignIn.rawValue),
            ("seats", self.seats.map(String.init)),
        ]
    }
}

extension Duration {
    /// The limit for the audit log, such as `90m`.
    fileprivate var minutes: String { "\(self.components.seconds / 60)m" }
}
