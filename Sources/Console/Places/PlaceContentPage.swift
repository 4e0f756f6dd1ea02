import GatewayHTTP
import Storage
import Workspaces

/// What the page of a space or a project shows: the names that the template uses.
struct PlaceContentPage {
    /// What was done.
    enum Done: String {
        case created
        case titled
        case assigned
        case withdrawn
    }

    /// What was typed.
    struct Typed {
        var title: String?
        var shown: String?
        var email = ""
        var role = ProjectRole.inherit.rawValue
    }

    /// Somebody who is in it.
    struct Member {
        let personPath: String
        let name: String
        let email: String
        let role: String?
        let source: String
        let standing: String?
        let canWithdraw: Bool
    }

    let frame: ConsoleFrame
    let listPath: String
    let path: String
    let kind: String
    let heading: String
    let name: String
    let id: String
    let counts: String
    let groups: String?
    let done: String?
    let refusal: String?
    let refusalCode: String?
    let hasProblems: Bool
    let title: FormField
    let shown: String
    let isManagedElsewhere: Bool
    let members: [Member]
    let isEmpty: Bool
    let firstPath: String?
    let nextPath: String?
    let email: FormField
    let role: FormField?
    let canRemove: Bool

    init(
        _ visit: SettingsVisit,
        service: Console,
        detail: PlaceDetail,
        isLaterPart: Bool,
        done: Done?,
        typed: Typed,
        problems: FormProblems,
        refusal: AdministrationRefusal?
    ) {
        let place = detail.place
        let site = service.pages.site
        let paths = PlacePath(site)
        let isManagedElsewhere = service.management.manager(of: place.kind) == .identityProvider
        let present = detail.current.title ?? ""
        self.frame = ConsoleFrame(visit, page: .places, renderer: service.renderer)
        self.listPath = paths.list
        self.path = paths.page(place.kind)
        self.kind = place.kind.rawValue
        self.heading = PlaceWords.heading(place.kind)
        self.name = detail.current.title.map(PrintableText.escaped) ?? place.id
        self.id = place.id
        self.counts = PlaceWords.counts(detail.current)
        self.groups = detail.groups.isEmpty ? nil : detail.groups.map(PrintableText.escaped).joined(separator: ", ")
        self.done = done.map { Self.words($0, place.kind) }
        self.refusal = refusal?.description
        self.refusalCode = refusal?.code?.rawValue
        self.hasProblems = !problems.isEmpty
        self.title = FormField(
            "title",
            "Title",
            value: typed.title ?? present,
            help: "For human eyes; applications get the identifier. Empty: no title.",
            problems: problems
        )
        self.shown = typed.shown ?? present
        self.isManagedElsewhere = isManagedElsewhere
        self.members = detail.members.map { member in
            Member(
                personPath: MembersPath(site).person(member.membership.userID),
                name: PrintableText.escaped(member.membership.displayName),
                email: member.membership.email.value,
                role: member.role?.rawValue,
                source: PlaceWords.source(member.source),
                standing: member.membership.state == .active ? nil : MemberWords.standing(member.membership.state),
                canWithdraw: !isManagedElsewhere && member.source != .scim
            )
        }
        self.isEmpty = detail.members.isEmpty
        self.firstPath = isLaterPart ? paths.page(place) : nil
        self.nextPath = detail.next.map { paths.page(place, [(name: "after", value: $0.value)]) }
        self.email = FormField(
            "email",
            "E-mail address of a member",
            value: typed.email,
            help: "Whoever is not a member yet is invited first.",
            problems: problems
        )
        self.role =
            place.kind == .space
            ? nil
            : FormField(
                "role",
                "Role in the project",
                control: FormField.choices(
                    ProjectRole.allCases.map { ($0.rawValue, $0.rawValue) },
                    selected: typed.role
                ),
                help: "Inherit leaves the workspace’s.",
                problems: problems
            )
        self.canRemove = detail.current.members == 0 && detail.current.groups == 0
    }

    private static func words(_ done: Done, _ kind: Place.Kind) -> String {
        switch done {
        case .created: "The \(kind.rawValue) is there. Nobody is in it until you or a group put somebody in."
        case .titled: "The title is saved."
        case .assigned: "The member is in; it counts at once."
        case .withdrawn:
            "The member is out; it counts at once. A group that opens this \(kind.rawValue) brings them back."
        }
    }
}
