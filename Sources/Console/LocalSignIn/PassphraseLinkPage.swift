import GatewayHTTP
import Workspaces

/// What the page shows on which a link's holder sets a passphrase: the names that the template uses.
struct PassphraseLinkPage {
    let host: String
    let stylesheetPath: String
    let iconPath: String
    let action: String
    let workspaceName: String
    let companyID: String
    let email: String
    let passphrase: FormField
    let repetition: FormField
    let signInPath: String
    let isDone: Bool

    /// Makes the form, or with `isDone` what follows it.
    init(
        _ workspace: Workspace,
        email: Email,
        token: SecretToken<PassphraseLink>,
        problem: PassphraseRule.Refusal? = nil,
        isDone: Bool = false,
        renderer: ConsoleRenderer
    ) {
        let site = renderer.site
        let problems = PassphraseFields.problems(problem)
        self.host = site.host
        self.stylesheetPath = renderer.assets.stylesheetPath
        self.iconPath = renderer.assets.iconPath
        self.action = site.passphraseLinkPath + "/" + token.text
        self.workspaceName = workspace.name
        self.companyID = workspace.companyID.value
        self.email = email.value
        self.passphrase = PassphraseFields.passphrase(problems)
        self.repetition = PassphraseFields.repetition(problems)
        self.signInPath = site.passphraseSignInPath + "?company_id=" + workspace.companyID.value
        self.isDone = isDone
    }
}
