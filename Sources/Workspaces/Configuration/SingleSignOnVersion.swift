internal import SAML

/// Which state of the single sign-on settings somebody looked at, so that two who change them at once do not undo each
/// other's work unseen.
///
/// It is a digest of all that stands on the form: whoever else changes it, at the command line too, makes another version,
/// and whoever changes it back makes the old one again.
package struct SingleSignOnVersion: Hashable, Sendable, CustomStringConvertible {
    /// The digest in hexadecimal digits.
    package let description: String

    /// The version of the settings as they are.
    package init(of configured: ConfiguredWorkspace) {
        let workspace = configured.workspace
        var values: [(field: String, value: String)] = [
            ("sp_issuer", workspace.spIssuer.value), ("acs_style", workspace.acsStyle.rawValue),
            ("roles_mode", workspace.rolesMode.rawValue),
        ]
        if let identityProvider = configured.identityProvider {
            // Whether it is switched on is no part of the form.
            let differences = IdentityProviderConfiguration.differences(from: nil, to: identityProvider)
            values += differences.filter { $0.field != "enabled" }.map { ($0.field, $0.new ?? "") }
        }
        self.description = SettingsDigest.text(of: values)
    }

    /// Whether a form that carries this text was made of this version.
    package func isNamed(by text: String) -> Bool {
        self.description.utf8.elementsEqual(text.utf8)
    }

    /// Somebody looked at another version than the one that there is by now.
    package struct ChangedMeanwhile: Error, Hashable, Sendable {
        /// Says so for another reason than ``check(named:)``.
        package init() {}
    }

    /// Makes sure that a form that carries this text was made of this version.
    package func check(named text: String) throws(ChangedMeanwhile) {
        guard self.isNamed(by: text) else { throw ChangedMeanwhile() }
    }
}
