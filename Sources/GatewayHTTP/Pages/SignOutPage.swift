package import Workspaces

/// What the page shows that asks before it ends a session.
package struct SignOutPage: Hashable, Sendable {
    private let person: ContinuePage.Person

    /// The page for whoever is signed in.
    package init(_ session: Session) {
        self.person = ContinuePage.Person(session)
    }
}

extension SignOutPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let action: String
        let email: String
        let companyID: String
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            action: site.signOutPath,
            email: self.person.email,
            companyID: self.person.companyID
        )
    }
}
