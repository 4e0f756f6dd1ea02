package import Fetching
package import FoundationEssentials
package import GatewayHTTP
package import Hummingbird
package import Storage
package import Workspaces

/// The settings of a workspace in a browser, for its administrators and for whoever the operator gave a setup link.
///
///     GET  settings/… -> who asks, from the database -> what is there -> a page
///     POST settings/… -> the same, the form's token -> a decision of `Workspaces` -> one transaction -> 303 to the page
///
/// What a page decides, a command of the operator decides by the same function of `Workspaces`.
package struct Console: Sendable {
    let pages: PageRenderer
    let renderer: ConsoleRenderer
    let catalogue: RoleCatalogue
    let management: MembershipManagement
    let signUpPolicy: SignUpPolicy
    let sessionLimits: SessionLimits
    let directory: WorkspaceDirectory
    let workspaces: WorkspaceStore
    let members: MembershipStore
    let invitations: InvitationStore
    let sessions: SessionStore
    let setups: SetupStore
    let tests: SignInTestStore
    let versions: SingleSignOnVersionStore
    let refreshes: MetadataRefreshStore
    let overviews: OverviewStore
    let attempts: SignInAttemptStore
    let audit: AuditStore
    let domains: DomainClaimStore
    let localSignIns: LocalSignInStore
    let credentials: LocalCredentialStore
    let secrets: SecretKeyring
    let passphrases: PassphraseHasher
    let passphraseLimiter: PassphraseLimiter
    let refusalLimiter: StartLimiter
    let changeLimiter: AttemptLimiter
    let lookupLimiter: WorkspaceLimiter
    let checkLimiter: WorkspaceLimiter
    let mappings: GroupMappingStore
    let keptForms: KeptFormStore
    let places: PlaceStore
    let fetcher: Fetcher
    let findRecord: @Sendable (DomainClaim) async -> DomainFinding
    let invitationDelivery: InvitationDelivery
    let limiter: AttemptLimiter
    let now: @Sendable () -> Date

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - pages: The renderer of errors, which also knows the public URL.
    ///   - catalogue: The roles of the installation.
    ///   - management: Who manages roles, spaces and projects, where a workspace does not say.
    ///   - signUpPolicy: Who may register without an invitation.
    ///   - sessionLimits: How long sessions live, where a workspace does not say.
    ///   - stores: Everything that is kept.
    ///   - secrets: What the secrets of authenticator apps are encrypted under.
    ///   - fetcher: Fetches metadata that an administrator names.
    ///   - findRecord: Asks the name servers for the record of a claim.
    ///   - invitationDelivery: How invited people get their links.
    ///   - limiter: Counts wrong setup links by client address.
    ///   - passphrases: Hashes passphrases.
    ///   - passphraseLimiter: Counts attempts to sign in with one.
    ///   - refusalLimiter: Counts what the operator's log keeps of passphrases for workspaces that there are not.
    ///   - changeLimiter: Counts the forms that a visitor sends.
    ///   - lookupLimiter: Counts how often a workspace has its domains' records looked for.
    ///   - checkLimiter: Counts how often a workspace has its audit log checked.
    ///   - now: The clock.
    /// - Throws: The parser's error for a template that is not well-formed, which a test would have shown.
    package init(
        pages: PageRenderer,
        catalogue: RoleCatalogue,
        management: MembershipManagement,
        signUpPolicy: SignUpPolicy,
        sessionLimits: SessionLimits,
        stores: ConsoleStores,
        secrets: SecretKeyring,
        fetcher: Fetcher,
        findRecord: @escaping @Sendable (DomainClaim) async -> DomainFinding,
        invitationDelivery: InvitationDelivery = .link,
        limiter: AttemptLimiter = AttemptLimiter(),
        passphrases: PassphraseHasher = PassphraseHasher(),
        passphraseLimiter: PassphraseLimiter = PassphraseLimiter(),
        refusalLimiter: StartLimiter = .ofOperatorLog(),
        changeLimiter: AttemptLimiter = AttemptLimiter(limits: .init(capacity: 200, refillPerSecond: 5)),
        lookupLimiter: WorkspaceLimiter = WorkspaceLimiter(.init(capacity: 10, refillPerSecond: 0.1)),
        checkLimiter: WorkspaceLimiter = WorkspaceLimiter(.init(capacity: 5, refillPerSecond: 0.02)),
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.pages = pages
        self.renderer = try ConsoleRenderer(pages: pages)
        self.catalogue = catalogue
        self.management = management
        self.signUpPolicy = signUpPolicy
        self.sessionLimits = sessionLimits
        self.directory = stores.directory
        self.workspaces = stores.workspaces
        self.members = stores.members
        self.invitations = stores.invitations
        self.sessions = stores.sessions
        self.setups = stores.setups
        self.tests = stores.tests
        self.versions = stores.versions
        self.refreshes = stores.refreshes
        self.overviews = stores.overviews
        self.attempts = stores.attempts
        self.audit = stores.audit
        self.domains = stores.domains
        self.localSignIns = stores.localSignIns
        self.credentials = stores.credentials
        self.secrets = secrets
        self.passphrases = passphrases
        self.passphraseLimiter = passphraseLimiter
        self.refusalLimiter = refusalLimiter
        self.changeLimiter = changeLimiter
        self.lookupLimiter = lookupLimiter
        self.checkLimiter = checkLimiter
        self.mappings = stores.mappings
        self.keptForms = stores.keptForms
        self.places = stores.places
        self.fetcher = fetcher
        self.findRecord = findRecord
        self.invitationDelivery = invitationDelivery
        self.limiter = limiter
        self.now = now
    }

    /// Adds every endpoint; the middlewares of `GatewayMiddleware` must be there already.
    package func addRoutes(to router: Router<GatewayRequestContext>) {
        self.renderer.assets.addRoutes(to: router)
        SetupEndpoint(service: self).addRoutes(to: router)
        PassphraseSignInEndpoint(service: self).addRoutes(to: router)
        PassphraseLinkEndpoint(service: self).addRoutes(to: router)
        KeptFormEndpoint(service: self).addRoutes(to: router)
        AccessEndpoint(service: self).addRoutes(to: router)
        OverviewEndpoint(service: self).addRoutes(to: router)
        SingleSignOnEndpoint(service: self).addRoutes(to: router)
        GuidesEndpoint(service: self).addRoutes(to: router)
        VersionsEndpoint(service: self).addRoutes(to: router)
        SignInTestEndpoint(service: self).addRoutes(to: router)
        MetadataPreviewEndpoint(service: self).addRoutes(to: router)
        MetadataReviewEndpoint(service: self).addRoutes(to: router)
        InvitationsEndpoint(service: self).addRoutes(to: router)
        SignInLogEndpoint(service: self).addRoutes(to: router)
        MembersEndpoint(service: self).addRoutes(to: router)
        MemberEndpoint(service: self).addRoutes(to: router)
        SessionsEndpoint(service: self).addRoutes(to: router)
        SeatsEndpoint(service: self).addRoutes(to: router)
        DomainsEndpoint(service: self).addRoutes(to: router)
        JoiningEndpoint(service: self).addRoutes(to: router)
        MappingsEndpoint(service: self).addRoutes(to: router)
        PlacesEndpoint(service: self).addRoutes(to: router)
        PlaceEndpoint(service: self).addRoutes(to: router)
        AuditLogEndpoint(service: self).addRoutes(to: router)
    }

    /// Whether a plain http URL on this machine is accepted (behavior T4).
    var loopbackHTTP: SignInURLRule.LoopbackHTTP { self.pages.site.isLoopbackHTTP ? .allowed : .refused }

    /// Whom a request comes from.
    var gate: SettingsGate { SettingsGate(service: self) }
}
