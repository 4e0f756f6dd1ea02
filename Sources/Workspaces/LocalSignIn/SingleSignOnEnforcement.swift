import FoundationEssentials

/// Decides whether a way in beside single sign-on may be taken away, so that nobody is left without any (behavior A5,
/// rulings 26 and 27).
///
///     members ──► owner ──► off        each step takes passphrases away
///     single sign-on is switched on
///     a test sign-in of exactly the settings in force has succeeded      or: the operator's word
///
/// A way that is given back is always allowed, and so is a mode that is restated. An administrator may take the members'
/// passphrases away; the owner's break-glass is the operator's to switch off.
package enum SingleSignOnEnforcement {
    /// On what the wish rests.
    package enum Basis: Hashable, Sendable {
        /// What a test sign-in has shown.
        case testedSignIn
        /// The operator's word, which the audit log keeps.
        case operatorsWord
    }

    /// The name of the setting in forms, files and mistakes.
    package static let field = "local_sign_in"

    /// What is wrong with going from one state to another.
    ///
    /// - Parameters:
    ///   - old: The workspace as it is.
    ///   - new: The workspace as it would be.
    ///   - passedAt: When a test sign-in of exactly the settings in force succeeded; `nil` where none did.
    /// - Returns: `nil` where nothing is.
    static func mistake(
        from old: ConfiguredWorkspace,
        to new: ConfiguredWorkspace,
        passedAt: Date?
    ) -> ConfigurationMistakes.Mistake? {
        guard new.workspace.localSignIn.takesAway(from: old.workspace.localSignIn) else { return nil }
        guard new.identityProvider?.enabled == true else { return self.mistake(self.notSwitchedOn) }
        // A test of other settings shows nothing about these.
        guard SingleSignOnVersion(of: new) == SingleSignOnVersion(of: old), passedAt != nil else {
            return self.mistake(self.notTested)
        }
        return nil
    }

    private static let notSwitchedOn =
        "Single sign-on is not switched on, so nobody could get in without a passphrase. Set it up, test it and switch it"
        + " on first."
    private static let notTested =
        "No test sign-in of the settings in force has succeeded, so nobody knows whether people get in without a"
        + " passphrase. Put a draft in force or give it up, then press “Test sign-in” on the page of single sign-on."

    private static func mistake(_ words: String) -> ConfigurationMistakes.Mistake {
        .init(field: self.field, message: words)
    }
}
