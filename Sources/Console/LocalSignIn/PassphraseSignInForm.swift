import GatewayHTTP
import Workspaces

/// What somebody typed to sign in with a passphrase, before anything of it is looked up.
struct PassphraseSignInForm {
    let companyID: String
    let email: String
    let passphrase: String
    let code: String
    let returnPath: ReturnPath

    /// An empty form that leads to a page afterwards.
    init(link: Form) throws(RequestRefusal) {
        self.companyID = try link.optionalValue("company_id") ?? ""
        self.email = ""
        self.passphrase = ""
        self.code = ""
        self.returnPath = ReturnPath(try link.optionalValue("rd") ?? "/")
    }

    /// Reads the form that was sent.
    ///
    /// - Throws: ``RequestRefusal/formInvalid`` when a field comes twice.
    init(posted form: Form) throws(RequestRefusal) {
        self.companyID = try form.optionalValue("company_id") ?? ""
        self.email = try form.optionalValue("email") ?? ""
        self.passphrase = try form.optionalValue("passphrase") ?? ""
        self.code = try form.optionalValue("code") ?? ""
        self.returnPath = ReturnPath(try form.optionalValue("rd") ?? "/")
    }

    /// What is wrong with the form whatever there is to sign in to.
    var problems: FormProblems {
        var mistakes: [ConfigurationMistakes.Mistake] = []
        if CompanyID(typed: self.companyID) == nil {
            let words =
                self.companyID.allSatisfy(\.isWhitespace)
                ? "Enter your Company ID."
                : "A Company ID has letters, digits, dots, dashes and underscores only, and no spaces."
            mistakes.append(.init(field: "company_id", message: words))
        }
        if Email(self.email) == nil {
            mistakes.append(
                .init(field: "email", message: "Enter your whole e-mail address, such as ann@company.example.")
            )
        }
        if self.passphrase.isEmpty {
            mistakes.append(.init(field: "passphrase", message: "Enter your passphrase."))
        }
        return FormProblems(mistakes)
    }
}
