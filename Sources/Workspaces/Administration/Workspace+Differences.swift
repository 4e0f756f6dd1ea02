internal import SAML

/// What distinguishes two versions of the settings, under the names of interface section 7.
extension Workspace {
    /// The settings that another version has otherwise.
    package func differences(to new: Workspace) -> [SettingDifference] {
        [
            SettingDifference("name", from: self.name, to: new.name),
            SettingDifference("status", from: self.status.rawValue, to: new.status.rawValue),
            SettingDifference("sp_issuer", from: self.spIssuer.value, to: new.spIssuer.value),
            SettingDifference("acs_style", from: self.acsStyle.rawValue, to: new.acsStyle.rawValue),
            SettingDifference("roles_mode", from: self.rolesMode.rawValue, to: new.rolesMode.rawValue),
            SettingDifference("default_role", from: self.defaultRole.description, to: new.defaultRole.description),
            SettingDifference("self_registration", from: "\(self.selfRegistration)", to: "\(new.selfRegistration)"),
            SettingDifference("guests", from: "\(self.allowGuests)", to: "\(new.allowGuests)"),
            SettingDifference(
                "protect_last_admin",
                from: "\(self.lastAdminPolicy == .keep)",
                to: "\(new.lastAdminPolicy == .keep)"
            ),
            SettingDifference(
                "role_management",
                from: RoleManagerChoice(self.roleManager).rawValue,
                to: RoleManagerChoice(new.roleManager).rawValue
            ),
            SettingDifference("max_session_age", from: self.sessionMaxAge?.minutes, to: new.sessionMaxAge?.minutes),
            SettingDifference(
                "max_time_between_activity",
                from: self.sessionMaxIdle?.minutes,
                to: new.sessionMaxIdle?.minutes
            ),
            SettingDifference("local_sign_in", from: self.localSignIn.rawValue, to: new.localSignIn.rawValue),
            SettingDifference("seats", from: self.seats.map(String.init), to: new.seats.map(String.init)),
        ]
        .compactMap { $0 }
    }
}

extension Duration {
    /// The limit for the audit log, such as `90m`.
    fileprivate var minutes: String { "\(self.components.seconds / 60)m" }
}
