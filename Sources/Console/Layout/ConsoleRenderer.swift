import GatewayHTTP
import HTTPTypes
import Hummingbird

/// Makes the pages of the settings from their values.
struct ConsoleRenderer: Sendable {
    /// The page of each value.
    enum Template: String, CaseIterable {
        case page
        case layout
        case field
        case setup
        case passphraseSignIn
        case passphraseLink
        case access
        case overview
        case singleSignOn
        case guide
        case invitations
        case signInTest
        case versions
        case signInLog
        case auditLog
        case members
        case member
        case closedSettings
        case joining
        case mappings
        case places
        case place
        case domains
        case sessions
        case seats

        fileprivate var text: String {
            switch self {
            case .page: LayoutTemplate.text
            case .layout: ConsoleLayoutTemplate.text
            case .field: FieldTemplate.text
            case .setup: SetupTemplate.text
            case .passphraseSignIn: PassphraseSignInTemplate.text
            case .passphraseLink: PassphraseLinkTemplate.text
            case .access: AccessTemplate.text
            case .overview: OverviewTemplate.text
            case .singleSignOn: SingleSignOnTemplate.text
            case .guide: GuideTemplate.text
            case .invitations: InvitationsTemplate.text
            case .signInTest: SignInTestTemplate.text
            case .versions: VersionsTemplate.text
            case .signInLog: SignInLogTemplate.text
            case .auditLog: AuditLogTemplate.text
            case .members: MembersTemplate.text
            case .member: MemberTemplate.text
            case .closedSettings: ClosedSettingsTemplate.text
            case .joining: JoiningTemplate.text
            case .mappings: MappingsTemplate.text
            case .places: PlacesTemplate.text
            case .place: PlaceTemplate.text
            case .domains: DomainsTemplate.text
            case .sessions: SessionsTemplate.text
            case .seats: SeatsTemplate.text
            }
        }
    }

    /// The installation.
    let site: PublicSite
    /// The files that the pages name.
    let assets: ConsoleAssets
    private let pages: PageRenderer
    private let library: TemplateLibrary

    init(pages: PageRenderer) throws {
        self.site = pages.site
        self.pages = pages
        self.assets = ConsoleAssets(pages: pages)
        self.library = try TemplateLibrary(Template.allCases.map { ($0.rawValue, $0.text) })
    }

    /// A response with the page of a value, whose names the template uses.
    func response(_ content: Any, with template: Template, status: HTTPResponse.Status = .ok) -> Response {
        self.pages.response(status, page: self.library.render(content, with: template.rawValue))
    }
}
