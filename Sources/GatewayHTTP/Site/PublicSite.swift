package import Workspaces

/// Where browsers and identity providers find this installation: the one maker of Portico's own URLs and paths.
///
/// Nothing here is read from a request: a Host header never decides where a response is expected or a browser is sent.
package struct PublicSite: Hashable, Sendable {
    /// Scheme, host and port as people see them, without a slash at the end.
    package let origin: String
    /// The reserved path prefix: begins with a slash, ends without.
    package let prefix: String
    /// The names and attributes of the cookies.
    package let cookies: PorticoCookies

    /// Takes checked settings.
    ///
    /// - Parameters:
    ///   - origin: Such as `https://apps.example.com`, without path.
    ///   - prefix: The reserved path prefix.
    ///   - cookieMode: `.insecureHTTP` only where the operator allowed plain http on a host that is not this machine.
    package init(origin: String, prefix: String = "/.portico", cookieMode: PorticoCookies.Mode = .hostPrefixed) {
        self.origin = origin
        self.prefix = prefix
        self.cookies = PorticoCookies(mode: cookieMode)
    }

    /// The host, with the port where it is written, for people to read.
    package var host: String {
        String(self.origin.trimmingPrefix(/https?:\/\//))
    }

    /// Whether the installation is reached over TLS.
    package var isHTTPS: Bool { self.origin.hasPrefix("https://") }

    /// Whether the installation is a demonstration on this machine: plain http to a loopback name (behavior T4).
    package var isLoopbackHTTP: Bool {
        guard self.origin.hasPrefix("http://") else { return false }
        let name = self.host.hasPrefix("[") ? self.host : String(self.host.prefix { $0 != ":" })
        return name == "localhost" || name.hasSuffix(".localhost") || name == "127.0.0.1" || name.hasPrefix("[::1]")
    }

    /// The public URL of a page that a browser asked for by another name of this machine, in a demonstration.
    ///
    /// Cookies belong to a name: a sign-in that begins at `127.0.0.1` cannot end at `localhost`. Only the loopback names
    /// with the public port are taken for ours, so that no proxy in front can be sent in a circle.
    ///
    /// - Returns: `nil` when the browser came by the public name, or by one that is not a loopback name.
    package func publicURL(of path: String, askedFor authority: String?) -> String? {
        guard self.isLoopbackHTTP, let authority, authority != self.host else { return nil }
        let name = self.host.hasPrefix("[") ? "[::1]" : String(self.host.prefix { $0 != ":" })
        let port = self.host.dropFirst(name.count)
        guard ["localhost", "127.0.0.1", "[::1]"].contains(where: { authority == $0 + port }) else { return nil }
        return self.origin + path
    }

    // MARK: - Pages

    /// The sign-in page and the deep link.
    package var signInPath: String { self.prefix + "/sign-in" }
    /// The sign-up page.
    package var signUpPath: String { self.prefix + "/sign-up" }
    /// Where people sign in with a passphrase, without the identity provider (behavior A5).
    package var passphraseSignInPath: String { self.signInPath + "/passphrase" }
    /// Where a passphrase is set by a link; the secret comes behind it.
    package var passphraseLinkPath: String { self.prefix + "/passphrase" }
    /// The sign-out page and the target of sign-out forms.
    package var signOutPath: String { self.prefix + "/sign-out" }

    /// Where the settings of the session's workspace are.
    package var settingsPath: String { self.prefix + "/settings" }
    /// The page of single sign-on in the settings.
    package var singleSignOnSettingsPath: String { self.settingsPath + "/single-sign-on" }
    /// Where a test sign-in leaves for the identity provider.
    package var testDeparturePath: String { self.prefix + "/test-sign-in" }
    /// Where the result of a test sign-in is read.
    package var testResultPath: String { self.singleSignOnSettingsPath + "/test" }
    /// Where setup links are redeemed; the secret comes behind it.
    package var setupPath: String { self.prefix + "/setup" }
    /// Where invited people go; the secret comes behind it.
    package var invitationPath: String { self.prefix + "/invitation" }

    /// What applications ask about the session of a browser.
    package var userInfoPath: String { self.prefix + "/userinfo" }

    /// The keys of the identity token.
    package var keySetPath: String { self.prefix + "/jwks.json" }
    /// The same at an address that no setting changes.
    package var wellKnownKeySetPath: String { "/.well-known/portico/jwks.json" }

    /// The deep link of a workspace, for an administrator to copy as the Login URL (rulings 28).
    package func signInURL(of companyID: CompanyID) -> String {
        self.origin + self.signInPath + "?company_id=" + companyID.value
    }

    /// The link that opens a workspace's settings once.
    package func setupURL(_ token: SecretToken<SetupLink>) -> String {
        self.origin + self.setupPath + "/" + token.text
    }

    /// The link that an invited person gets.
    package func invitationURL(_ token: SecretToken<InvitationLink>) -> String {
        self.origin + self.invitationPath + "/" + token.text
    }

    /// The link by which one member sets a passphrase once.
    package func passphraseURL(_ token: SecretToken<PassphraseLink>) -> String {
        self.origin + self.passphraseLinkPath + "/" + token.text
    }

    /// The page to copy as the Logout URL (rulings 28).
    package var signOutURL: String { self.origin + self.signOutPath }

    // MARK: - SAML endpoints

    /// The shared assertion consumer service (interface 3).
    package var sharedAssertionConsumerService: String { self.origin + self.prefix + "/saml/acs" }

    /// The SP Sign-in URL of a workspace: its only accepted Destination and Recipient (behavior Q6).
    package func assertionConsumerService(of workspace: Workspace) -> String {
        switch workspace.acsStyle {
        case .shared: self.sharedAssertionConsumerService
        case .own: self.ownAssertionConsumerService(companyID: workspace.companyID.value)
        }
    }

    /// The URL under which a request for a workspace's own assertion consumer service came, whether or not there is one.
    package func ownAssertionConsumerService(companyID: String) -> String {
        self.origin + self.prefix + "/saml/" + companyID + "/acs"
    }

    /// The shared single logout endpoint (interface 3).
    package var sharedSingleLogoutService: String { self.origin + self.prefix + "/saml/slo" }

    /// Where a workspace takes logout messages: its only accepted Destination of them.
    package func singleLogoutService(of workspace: Workspace) -> String {
        switch workspace.acsStyle {
        case .shared: self.sharedSingleLogoutService
        case .own: self.ownSingleLogoutService(companyID: workspace.companyID.value)
        }
    }

    /// The URL under which a message for a workspace's own single logout endpoint came, whether or not there is one.
    package func ownSingleLogoutService(companyID: String) -> String {
        self.origin + self.prefix + "/saml/" + companyID + "/slo"
    }

    /// The URL of a workspace's SP metadata: the shared document, or its own.
    package func metadataURL(of workspace: Workspace) -> String {
        switch workspace.acsStyle {
        case .shared: self.origin + self.prefix + "/saml/metadata"
        case .own: self.origin + self.prefix + "/saml/" + workspace.companyID.value + "/metadata"
        }
    }
}
