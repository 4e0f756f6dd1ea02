import GatewayHTTP
import Workspaces

/// What the page of a sign-in with a passphrase shows: the names that the template uses.
struct PassphraseSignInPage {
    let host: String
    let stylesheetPath: String
    let iconPath: String
    let action: String
    let companyID: FormField
    let email: FormField
    let passphrase: FormField
    let code: FormField
    let returnPath: String
    let signInPath: String
    let isRefused: Bool

    /// Makes the page of a form, with what is wrong with it.
    ///
    /// - Parameters:
    ///   - form: What was typed; the passphrase and the code are not shown again.
    ///   - problems: What is wrong with the form itself.
    ///   - isRefused: Whether it did not let the person in, whyever.
    ///   - renderer: The installation.
    init(
        _ form: PassphraseSignInForm,
        problems: FormProblems = FormProblems(),
        isRefused: Bool = false,
        renderer: ConsoleRenderer
    ) {
        self.host = renderer.site.host
        self.stylesheetPath = renderer.assets.stylesheetPath
        self.iconPath = renderer.assets.iconPath
        self.action = renderer.site.passphraseSignInPath
        self.companyID = FormField(
            "company_id",
            "Company ID",
            value: form.companyID,
            problems: problems,
            autocomplete: "organization"
        )
        self.email = FormField(
            "email",
            "E-mail address",
            value: form.email,
            control: .line(type: "email"),
            problems: problems,
            autocomplete: "username"
        )
        self.passphrase = FormField(
            "passphrase",
            "Passphrase",
            control: .line(type: "password"),
            problems: problems,
            autocomplete: "current-password"
        )
        self.code = FormField(
            "code",
            "Code from your authenticator app",
            help: "Only if you have set one up.",
            problems: problems,
            autocomplete: "one-time-code"
        )
        self.returnPath = form.returnPath.value
        self.signInPath = renderer.site.signInPath + form.returnPath.asQuery
        self.isRefused = isRefused
    }
}
