import Workspaces

/// Whether people come in by single sign-on alone, as the page about ways in says it: what is switched on decides with who may
/// have a passphrase.
struct SingleSignOnStanding {
    let badge: String
    let isGood: Bool
    let words: String
    /// Whether there are passphrases of members to take away.
    let canEnforce: Bool
    /// Whether the next step is on the page of single sign-on.
    let isOff: Bool

    init(_ configured: ConfiguredWorkspace) {
        let isOn = configured.identityProvider?.enabled ?? false
        let mode = configured.workspace.localSignIn
        self.isOff = !isOn
        self.isGood = isOn && mode != .members
        self.canEnforce = mode == .members
        switch (isOn, mode) {
        case (true, .owner):
            self.badge = "Enforced"
            self.words =
                "Members come in by single sign-on alone. The owner may also sign in with a passphrase, for when the identity "
                + "provider does not work."
        case (true, .off):
            self.badge = "Enforced"
            self.words =
                "Everybody comes in by single sign-on alone, the owner, too. The people who run this service have switched "
                + "passphrases off."
        case (true, .members):
            self.badge = "Not enforced"
            self.words = "Members come in by single sign-on, and with a passphrase whoever was given a link for one."
        case (false, .owner):
            self.badge = "Single sign-on is off"
            self.words = "Nobody but the owner comes in, with a passphrase. Members come in once single sign-on is on."
        case (false, .off):
            self.badge = "Single sign-on is off"
            self.words =
                "Nobody comes in: the people who run this service have switched passphrases off, too. Switch single sign-on on "
                + "before you leave."
        case (false, .members):
            self.badge = "Single sign-on is off"
            self.words =
                "Whoever was given a link comes in with a passphrase, and nobody else. Passphrases can go once single sign-on is "
                + "on and was tested."
        }
    }
}
