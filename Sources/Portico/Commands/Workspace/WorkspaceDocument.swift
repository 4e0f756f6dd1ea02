import Foundation
import GatewayHTTP
import Storage
import Workspaces

/// A workspace as `workspace show` writes it: the keys of `workspace apply` (interface section 7), and what is known
/// beside them.
struct WorkspaceDocument: Encodable {
    let id: String
    let companyID: String
    let name: String
    let status: String
    let owner: String?
    let domains: [String]
    let saml: SAMLDocument
    let defaultRole: String
    let selfRegistration: Bool
    let guests: Bool
    let roleManagement: String
    let protectLastAdmin: Bool
    let maxSessionAge: String?
    let maxTimeBetweenActivity: String?
    let localSignIn: String
    let mappings: GroupMappingsDocument
    let spaces: [PlacesDocument.Space]
    let projects: [PlacesDocument.Project]
    let seats: Int?
    let activeMembers: Int
    let signInURL: String?

    /// Reads the workspace that an argument names.
    init(of companyID: String, in context: OperatorContext) async throws {
        let configured = try await context.workspace(companyID)
        let scope = WorkspaceScope(configured.workspace.id)
        let members = try await MembershipStore(pool: context.pool).memberships(scope)
        let metadata = try await context.metadataState(of: configured)
        let mappings = try await GroupMappingStore(pool: context.pool).mappings(scope)
        let places = PlacesDocument(try await PlaceStore(pool: context.pool).all(scope))
        self.init(
            configured,
            members: members,
            mappings: mappings,
            places: places,
            metadata: metadata,
            site: context.site
        )
    }

    private init(
        _ configured: ConfiguredWorkspace,
        members: [Membership],
        mappings: GroupMappings,
        places: PlacesDocument,
        metadata: MetadataRefreshState,
        site: PublicSite?
    ) {
        let workspace = configured.workspace
        self.id = workspace.id.description
        self.companyID = workspace.companyID.value
        self.name = workspace.name
        self.status = workspace.status.rawValue
        self.owner = members.first(where: \.isOwner)?.email.value
        self.domains = configured.domains.map(\.value)
        self.saml = SAMLDocument(configured, metadata: metadata, site: site)
        self.defaultRole = workspace.defaultRole.description
        self.selfRegistration = workspace.selfRegistration
        self.guests = workspace.allowGuests
        self.roleManagement = RoleManagerChoice(workspace.roleManager).rawValue
        self.protectLastAdmin = workspace.lastAdminPolicy == .keep
        self.maxSessionAge = workspace.sessionMaxAge.map(DurationSyntax.spell)
        self.maxTimeBetweenActivity = workspace.sessionMaxIdle.map(DurationSyntax.spell)
        self.localSignIn = workspace.localSignIn.rawValue
        self.mappings = GroupMappingsDocument(mappings)
        self.spaces = places.spaces
        self.projects = places.projects
        self.seats = workspace.seats
        self.activeMembers = members.count { $0.state == .active }
        self.signInURL = site?.signInURL(of: workspace.companyID)
    }

    /// The document for people.
    var fields: [(name: String, value: String)] {
        [
            ("company id", self.companyID),
            ("name", self.name),
            ("id", self.id),
            ("status", self.status),
            ("owner", self.owner ?? "none"),
            ("domains", self.domains.isEmpty ? "none" : self.domains.joined(separator: ", ")),
            ("default role", self.defaultRole),
            ("self-registration", self.selfRegistration ? "yes" : "no"),
            ("guests", self.guests ? "may be invited" : "no"),
            ("roles are managed by", self.roleManagement),
            ("the last administrator", self.protectLastAdmin ? "keeps the role" : "may lose the role"),
            ("longest session", self.maxSessionAge ?? "as the installation has it"),
            ("longest time without activity", self.maxTimeBetweenActivity ?? "as the installation has it"),
            ("passphrases", self.localSignIn),
            ("active members", self.seats.map { "\(self.activeMembers) of \($0) seats" } ?? "\(self.activeMembers)"),
            ("sign-in link", self.signInURL ?? "set PORTICO_PUBLIC_URL to see it"),
        ] + self.mappings.fields
            + PlacesDocument(spaces: self.spaces, projects: self.projects).fields + self.saml.fields
    }
}
