import Workspaces

/// What the page of an error shows: nothing that depends on more than the code, but for the id (saml-security D18).
struct ErrorPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let isProblem: Bool
        let title: String
        let advice: String
        let nextStep: NextStep?
        let code: String
        let requestID: String
    }

    /// The one link that the page offers.
    struct NextStep: Hashable {
        let label: String
        let path: String
    }

    let error: PublicError
    let requestID: Workspaces.RequestID
    /// The sign-in page with the way back, where the request has one.
    let signInURL: String?

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            isProblem: self.error.code != RefusalCode.awaitingRole.rawValue,
            title: self.error.title,
            advice: self.error.advice,
            nextStep: self.nextStep(site: site),
            code: self.error.code,
            requestID: self.requestID.value
        )
    }

    /// Where the person goes from here; an empty path is the page itself, asked for again.
    private func nextStep(site: PublicSite) -> NextStep? {
        switch RefusalCode(rawValue: self.error.code) {
        case .notRegistered: NextStep(label: "Go to sign-up", path: site.signUpPath)
        case .upstreamUnreachable, .upstreamTimeout: NextStep(label: "Try again", path: "")
        case .roleNotAllowed: NextStep(label: "Sign in to another workspace", path: site.signInPath)
        case .awaitingRole, .managedByIdP, .lastAdmin, .storageDenied, .storageAssertionUnusable: nil
        case _: NextStep(label: "Go to sign-in", path: self.signInURL ?? site.signInPath)
        }
    }
}
