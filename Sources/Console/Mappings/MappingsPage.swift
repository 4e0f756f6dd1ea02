import GatewayHTTP
import Storage
import Workspaces

/// What the page of mappings shows: the names that the template uses.
struct MappingsPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice {
        /// The form was saved.
        case saved
        /// Somebody else saved meanwhile.
        case conflict
        /// The form wanted a fresh sign-in first, and stands here as it was typed.
        case kept
    }

    /// One line of what is wrong, which leads to the field.
    struct Problem {
        let id: String
        let label: String
    }

    /// How many lines a form may have; longer lists are for `portico workspace apply`.
    static let maximumLines = 200

    let frame: ConsoleFrame
    let path: String
    let previewPath: String
    let version: String
    let isEditable: Bool
    /// Whether the roles attribute gives the roles, so that no group does.
    let isOverruled: Bool
    let lists: [MappingList]
    let wasSaved: Bool
    let isConflict: Bool
    let isKept: Bool
    let asksToConfirm: Bool
    let confirmation: FreshSignIn?
    let hasProblems: Bool
    let problemLinks: [Problem]
    let otherProblems: [String]
    let differences: [ShownDifference]
    let hasDifferences: Bool
    let seesPeople: Bool
    let previewEmail: FormField
    let preview: ShownPreview?

    init(
        _ visit: SettingsVisit,
        service: Console,
        saved: GroupMappings,
        lines typed: MappingLines? = nil,
        version: String? = nil,
        problems: FormProblems = FormProblems(),
        notice: Notice? = nil,
        differences: [SettingDifference] = [],
        previewEmail: String = "",
        preview: ShownPreview? = nil
    ) {
        let lines = typed ?? MappingLines(saved)
        let path = ConsolePath.mappings.path(at: service.pages.site)
        let lists = [
            MappingList.roles(lines.roles, catalogue: service.catalogue, problems: problems),
            MappingList.spaces(lines.spaces, problems: problems),
            MappingList.projects(lines.projects, problems: problems),
        ]
        let cells = lists.flatMap { list in list.lines.flatMap(\.cells) }
        let email = FormField(
            "preview_email",
            "Address of somebody who has signed in",
            value: previewEmail,
            help:
                "Shows what their last sign-in would come to with the lines above, saved or not, if they came in now.",
            problems: problems
        )
        self.frame = ConsoleFrame(visit, page: .mappings, renderer: service.renderer)
        self.path = path
        self.previewPath = path + "/preview"
        self.version = version ?? GroupMappingsVersion(of: saved).description
        self.isEditable = lines.count <= Self.maximumLines
        self.isOverruled = visit.configured.workspace.wantsRoles
        self.lists = lists
        self.wasSaved = notice == .saved
        self.isConflict = notice == .conflict
        self.isKept = notice == .kept
        let confirmation = visit.confirmation(at: path, site: service.pages.site, now: service.now())
        self.confirmation = confirmation
        self.asksToConfirm = confirmation != nil
        self.hasProblems = !problems.isEmpty
        self.problemLinks =
            cells.filter { problems.words(of: $0.field) != nil }.map { Problem(id: $0.id, label: $0.label) }
            + (email.problem == nil ? [] : [Problem(id: email.id, label: email.label)])
        self.otherProblems = problems.beside(cells.map(\.field) + [email.name])
        self.differences = differences.map(ShownDifference.init)
        self.hasDifferences = !differences.isEmpty
        self.seesPeople = visit.visitor.seesPeople
        self.previewEmail = email
        self.preview = preview
    }
}
