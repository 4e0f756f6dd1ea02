package import Workspaces

/// What the page that asks for a Company ID shows: sign-in and sign-up differ in words only.
package struct SignInPage: Hashable, Sendable {
    /// What is wrong with what was typed.
    package enum Problem: Hashable, Sendable {
        /// Nothing was typed.
        case companyIDMissing
        /// What was typed cannot be a Company ID.
        case companyIDMalformed
        /// What was typed has an at sign and is no e-mail address.
        case emailMalformed
        /// There is no such workspace, or nobody can sign in to it.
        case companyNotFound
        /// No workspace is found by the address, or several are.
        case addressNotFound

        fileprivate var words: String {
            switch self {
            case .companyIDMissing:
                "Enter your Company ID or your e-mail address."
            case .companyIDMalformed:
                "A Company ID has letters, digits, dots, dashes and underscores only, and no spaces."
            case .emailMalformed:
                "This is no e-mail address. Check it, or enter your Company ID."
            case .companyNotFound:
                "We do not know this Company ID. Check the spelling."
            case .addressNotFound:
                "We do not know where this address belongs. Enter your Company ID."
            }
        }
    }

    /// Sign-in or sign-up.
    package var intent: SignInIntent
    /// What the person typed so far.
    package var companyID: String
    /// Where the person goes afterwards.
    package var returnPath: ReturnPath
    /// The address of the person, where the link said it.
    package var loginHint: Email?
    /// What is wrong, when the form is shown again.
    package var problem: Problem?
    /// Who may register without an invitation.
    package var signUpPolicy: SignUpPolicy

    /// Makes a page, an empty form by default.
    package init(
        intent: SignInIntent,
        companyID: String = "",
        returnPath: ReturnPath,
        loginHint: Email? = nil,
        problem: Problem? = nil,
        signUpPolicy: SignUpPolicy = .open
    ) {
        self.intent = intent
        self.companyID = companyID
        self.returnPath = returnPath
        self.loginHint = loginHint
        self.problem = problem
        self.signUpPolicy = signUpPolicy
    }
}

extension SignInPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let heading: String
        let lead: String
        let label: String
        let action: String
        let companyID: String
        let returnPath: String
        let loginHint: String?
        let problem: String?
        let button: String
        let otherQuestion: String
        let otherHeading: String
        let otherPath: String
        /// Where a passphrase opens what the identity provider cannot; `nil` on the page that registers.
        let passphrasePath: String?
    }

    /// What the page is for.
    private var lead: String {
        switch (self.intent, self.signUpPolicy) {
        case (.signIn, _):
            "Enter your Company ID or your work e-mail address, and we take you to your company’s identity provider."
        case (.signUp, .open):
            "Your first time here? Enter your Company ID and sign in at your company’s identity provider; it registers you"
                + " and adds you to the workspace."
        case (.signUp, .invitationOnly):
            "Registration is by invitation: open the link that you were sent. If your company’s identity provider gives you"
                + " a role in the workspace, you can also enter your Company ID here."
        }
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        let isSignIn = self.intent == .signIn
        let otherPath = isSignIn ? site.signUpPath : site.signInPath
        return Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            heading: isSignIn ? "Sign in" : "Sign up",
            lead: self.lead,
            label: isSignIn ? "Company ID or e-mail address" : "Company ID",
            action: isSignIn ? site.signInPath : site.signUpPath,
            companyID: self.companyID,
            returnPath: self.returnPath.value,
            loginHint: self.loginHint?.value,
            problem: self.problem?.words,
            button: isSignIn ? "Continue" : "Continue to register",
            otherQuestion: isSignIn ? "First time here?" : "Already registered?",
            otherHeading: isSignIn ? "Sign up" : "Sign in",
            otherPath: otherPath + self.returnPath.asQuery,
            passphrasePath: isSignIn ? site.passphraseSignInPath + self.returnPath.asQuery : nil
        )
    }
}
