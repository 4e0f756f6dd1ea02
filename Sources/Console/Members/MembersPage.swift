import GatewayHTTP
import Storage
import Workspaces

/// What the list of people shows: the names that the template uses.
struct MembersPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice: Hashable {
        /// Somebody was removed.
        case removed
        /// Whoever was asked for is no member, or none any more.
        case gone
        /// Who manages roles was saved.
        case saved
        /// Somebody else saved who manages roles, while this person looked at one choice and made another.
        case conflict(seen: RoleRules, typed: RoleRules)
        /// The choice wanted a fresh sign-in first, and stands here as it was made.
        case kept(seen: RoleRules, typed: RoleRules)
    }

    /// One person; no name is one of the page's.
    struct Entry {
        let personPath: String
        let name: String
        let email: String
        let isYou: Bool
        let isOwner: Bool
        let standing: String
        let isActive: Bool
        let isOut: Bool
        let role: String
        let source: String
        let lastSignIn: String
    }

    let frame: ConsoleFrame
    let path: String
    let invitationsPath: String
    let text: FormField
    let state: FormField
    let roleFilter: FormField
    let entries: [Entry]
    let isEmpty: Bool
    let isFiltered: Bool
    let firstPath: String?
    let nextPath: String?
    let wasRemoved: Bool
    let isGone: Bool
    let wasSaved: Bool
    let isManagedElsewhere: Bool
    let conflict: Conflict?
    let isKept: Bool
    let asksToConfirm: Bool
    let confirmation: FreshSignIn?
    /// The choices that the form is made of, which it names when it is sent.
    let seenManager: String
    let seenLastAdmin: String
    let manager: FormField
    let lastAdmin: FormField

    init(
        _ visit: SettingsVisit,
        service: Console,
        filter: MemberFilter,
        members: MemberPage,
        isLaterPart: Bool,
        notice: Notice?
    ) {
        let paths = MembersPath(service.pages.site)
        let query = [
            (name: "q", value: filter.text), (name: "state", value: filter.standing?.rawValue),
            (name: "role", value: filter.role?.name),
        ]
        self.frame = ConsoleFrame(visit, page: .members, renderer: service.renderer)
        self.path = paths.list
        self.invitationsPath = ConsolePath.invitations.path(at: service.pages.site)
        self.text = FormField("q", "Name or address", value: filter.text ?? "")
        self.state = FormField(
            "state",
            "State",
            control: FormField.choices(
                [("", "Every state")] + MemberFilter.Standing.allCases.map { ($0.rawValue, MemberWords.standing($0)) },
                selected: filter.standing?.rawValue ?? ""
            )
        )
        self.roleFilter = FormField(
            "role",
            "Role",
            control: FormField.choices(
                [("", "Every role")] + service.catalogue.roles.map { ($0.name, $0.name) },
                selected: filter.role?.name ?? ""
            )
        )
        self.entries = members.entries.map { Self.entry($0, visitor: visit.visitor, paths: paths) }
        self.isEmpty = members.entries.isEmpty
        self.isFiltered = query.contains { $0.value != nil }
        self.firstPath = isLaterPart ? QueryText.link(paths.list, query) : nil
        self.nextPath = members.next.map { next in
            QueryText.link(paths.list, query + [(name: "after", value: next.value)])
        }
        self.wasRemoved = notice == .removed
        self.isGone = notice == .gone
        self.wasSaved = notice == .saved
        let workspace = visit.configured.workspace
        self.isManagedElsewhere = service.management.roleManager(of: workspace) == .identityProvider
        let installation = MemberWords.manager(service.management.roles).lowercased()
        let words = { (choice: RoleManagerChoice) in
            choice.manager.map(MemberWords.manager) ?? "As the installation has it: \(installation)"
        }
        let saved = RoleRules(workspace)
        var shown = saved
        var origin = saved
        var conflict: Conflict?
        switch notice {
        case .conflict(let seen, let typed):
            shown = typed
            conflict = Conflict([
                .init(
                    "Who manages roles",
                    seen: words(seen.manager),
                    saved: words(saved.manager),
                    typed: words(typed.manager)
                ),
                .init(
                    "The last administrator",
                    seen: MemberWords.lastAdmin(seen.lastAdmin),
                    saved: MemberWords.lastAdmin(saved.lastAdmin),
                    typed: MemberWords.lastAdmin(typed.lastAdmin)
                ),
            ])
        case .kept(let seen, let typed):
            shown = typed
            origin = seen
        case .removed, .gone, .saved, nil:
            break
        }
        self.conflict = conflict
        self.isKept = shown != saved && conflict == nil
        let confirmation = visit.confirmation(for: .members, site: service.pages.site, now: service.now())
        self.confirmation = confirmation
        self.asksToConfirm = confirmation != nil
        self.seenManager = origin.manager.rawValue
        self.seenLastAdmin = origin.lastAdmin.rawValue
        self.manager = FormField(
            "role_manager",
            "Who manages roles",
            control: FormField.choices(
                RoleManagerChoice.allCases.map { ($0.rawValue, words($0)) },
                selected: shown.manager.rawValue
            ),
            help:
                "Where the identity provider alone manages roles, nobody changes one here; and once a group gives a role, "
                + "whoever signs in without such a group is locked out."
        )
        self.lastAdmin = FormField(
            "last_admin",
            "The last administrator",
            control: FormField.choices(
                LastAdminPolicy.allCases.map { ($0.rawValue, MemberWords.lastAdmin($0)) },
                selected: shown.lastAdmin.rawValue
            ),
            help: "What happens when the identity provider gives the last administrator another role, or none."
        )
    }

    private static func entry(_ entry: MemberEntry, visitor: SettingsVisitor, paths: MembersPath) -> Entry {
        let member = entry.membership
        return Entry(
            personPath: paths.person(member.userID),
            name: PrintableText.escaped(member.displayName),
            email: member.email.value,
            isYou: visitor.actor.email == member.email,
            isOwner: member.isOwner,
            standing: MemberWords.standing(member.state),
            isActive: member.state == .active,
            isOut: member.state.deactivationOrigin != nil,
            role: member.role?.name ?? "No role",
            source: member.role == nil ? "" : MemberWords.source(member.roleSource),
            lastSignIn: entry.lastSignInAt.map { ReadableDate.time($0) } ?? "never"
        )
    }
}
