internal import SAML

extension SingleSignOnSettings {
    /// What distinguishes two states, field by field; certificates are named by fingerprint.
    ///
    /// - Parameter old: The state before; `nil` for a first one.
    /// - Returns: One entry for each setting that is not the same.
    package func differences(from old: SingleSignOnSettings?) -> [SettingDifference] {
        let own = [
            SettingDifference("sp_issuer", from: old?.spIssuer.value, to: self.spIssuer.value),
            SettingDifference("acs_style", from: old?.acsStyle.rawValue, to: self.acsStyle.rawValue),
            SettingDifference("roles_mode", from: old?.rolesMode.rawValue, to: self.rolesMode.rawValue),
        ]
        let provider = IdentityProviderConfiguration.differences(from: old?.identityProvider, to: self.identityProvider)
        return own.compactMap { $0 } + provider.filter { $0.field != "enabled" }
    }

    /// Whether a sign-in would rest on another provider's word or another key than before, lead elsewhere, or be read from
    /// other attributes (behavior T4).
    ///
    /// Whoever keeps the metadata that is followed without approval says which keys are pinned.
    package func changesTrust(since old: SingleSignOnSettings) -> Bool {
        let pinned = { (settings: SingleSignOnSettings) in
            Set(settings.identityProvider.certificates.map(\.sha256Fingerprint))
        }
        let followed = { (settings: SingleSignOnSettings) in
            settings.identityProvider.metadataSource.flatMap { $0.mode == .automatic ? $0.url : nil }
        }
        return old.identityProvider.changesWay(to: self.identityProvider) || pinned(old) != pinned(self)
            || followed(self) != nil && followed(self) != followed(old)
    }
}

extension ConfiguredWorkspace {
    /// Whether somebody else may say who a person is, or what is said is read otherwise; the first settings change nothing.
    ///
    /// While single sign-on is off nobody is believed: what is saved then counts once it is switched on, without a change.
    func changesTrust(to new: ConfiguredWorkspace) -> Bool {
        guard let old = SingleSignOnSettings(of: self), let new = SingleSignOnSettings(of: new) else { return false }
        return new.changesTrust(since: old)
    }
}

extension IdentityProviderConfiguration {
    /// Whether people are sent elsewhere, vouched for by another issuer, or read from other attributes.
    func changesWay(to new: IdentityProviderConfiguration) -> Bool {
        self.issuer != new.issuer || !self.signInURL.utf8.elementsEqual(new.signInURL.utf8)
            || self.attributeNames != new.attributeNames
    }
}
