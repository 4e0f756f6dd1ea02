package import Workspaces

/// What the page shows that names a workspace before a sign-in goes on (rulings 11).
package struct ContinuePage: Hashable, Sendable {
    /// Somebody who is signed in with this browser.
    package struct Person: Hashable, Sendable {
        /// The person's address.
        package let email: String
        /// The workspace of the person's session.
        package let companyID: String

        /// The person of a session.
        package init(_ session: Session) {
            self.email = session.email.description
            self.companyID = session.companyID.value
        }
    }

    /// Sign-in or sign-up.
    package var intent: SignInIntent
    /// The workspace that the sign-in is for.
    package var companyID: CompanyID
    /// The workspace's name.
    package var workspaceName: String
    /// Where the person goes afterwards.
    package var returnPath: ReturnPath
    /// The address of the person, where the link said it.
    package var loginHint: Email?
    /// Who is signed in to another workspace at present.
    package var otherSession: Person?

    /// Makes a page.
    package init(
        intent: SignInIntent,
        workspace: Workspace,
        returnPath: ReturnPath,
        loginHint: Email? = nil,
        otherSession: Person?
    ) {
        self.intent = intent
        self.companyID = workspace.companyID
        self.workspaceName = workspace.name
        self.returnPath = returnPath
        self.loginHint = loginHint
        self.otherSession = otherSession
    }
}

extension ContinuePage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let action: String
        let companyID: String
        let workspaceName: String
        let returnPath: String
        let loginHint: String?
        let otherSession: Person?
        let cancel: String
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            action: self.intent == .signIn ? site.signInPath : site.signUpPath,
            companyID: self.companyID.value,
            workspaceName: self.workspaceName,
            returnPath: self.returnPath.value,
            loginHint: self.loginHint?.value,
            otherSession: self.otherSession,
            cancel: self.otherSession == nil ? "Cancel" : "Stay in \(self.otherSession?.companyID ?? "")"
        )
    }
}
