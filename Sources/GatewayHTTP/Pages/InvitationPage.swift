package import Workspaces

/// What the page of an invitation's link shows: the workspace, and nothing of the person who is invited.
package struct InvitationPage: Sendable {
    private let token: SecretToken<InvitationLink>
    private let workspace: Workspace
    private let person: ContinuePage.Person?

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - token: The secret of the link.
    ///   - workspace: The workspace that it invites to.
    ///   - session: The session that the browser has now, which a sign-in ends.
    package init(_ token: SecretToken<InvitationLink>, to workspace: Workspace, session: Session?) {
        self.token = token
        self.workspace = workspace
        self.person = session.map { ContinuePage.Person($0) }
    }
}

extension InvitationPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let action: String
        let companyID: String
        let workspaceName: String
        let person: ContinuePage.Person?
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            action: site.invitationPath + "/" + self.token.text,
            companyID: self.workspace.companyID.value,
            workspaceName: self.workspace.name,
            person: self.person
        )
    }
}
