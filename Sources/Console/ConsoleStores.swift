package import PostgreSQL
import Storage

/// Everything that the settings read and write.
package struct ConsoleStores: Sendable {
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
    let mappings: GroupMappingStore
    let keptForms: KeptFormStore
    let places: PlaceStore

    /// Makes the stores over a pool of the service's role.
    package init(pool: ConnectionPool) {
        self.directory = WorkspaceDirectory(pool: pool)
        self.workspaces = WorkspaceStore(pool: pool)
        self.members = MembershipStore(pool: pool)
        self.invitations = InvitationStore(pool: pool)
        self.sessions = SessionStore(pool: pool)
        self.setups = SetupStore(pool: pool)
        self.tests = SignInTestStore(pool: pool)
        self.versions = SingleSignOnVersionStore(pool: pool)
        self.refreshes = MetadataRefreshStore(pool: pool)
        self.overviews = OverviewStore(pool: pool)
        self.attempts = SignInAttemptStore(pool: pool)
        self.audit = AuditStore(pool: pool)
        self.domains = DomainClaimStore(pool: pool)
        self.localSignIns = LocalSignInStore(pool: pool)
        self.credentials = LocalCredentialStore(pool: pool)
        self.mappings = GroupMappingStore(pool: pool)
        self.keptForms = KeptFormStore(pool: pool)
        self.places = PlaceStore(pool: pool)
    }
}
