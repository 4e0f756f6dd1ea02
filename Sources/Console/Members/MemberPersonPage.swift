import GatewayHTTP
import Storage
import Workspaces

/// What the page of a person shows: the names that the template uses.
struct MemberPersonPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice {
        /// Something was done to the person.
        case done(MemberEndpoint.Action)
        /// So many sessions were ended.
        case ended(Int)

        init?(_ query: Form) {
            let done = (try? query.optionalValue("done")) ?? ""
            if let action = MemberEndpoint.Action(rawValue: done) {
                self = .done(action)
            } else if let count = EndedSessions(query) {
                self = .ended(count.number)
            } else {
                return nil
            }
        }
    }

    /// Something that is known of the person.
    struct Fact {
        let label: String
        let words: String
    }

    let frame: ConsoleFrame
    let listPath: String
    let path: String
    let name: String
    let email: String
    let isYou: Bool
    let isOwner: Bool
    let standing: String
    let isActive: Bool
    let isOut: Bool
    let facts: [Fact]
    let notice: String?
    let kept: String?
    let keptWords: String
    let keepsRemoval: Bool
    let asksToConfirm: Bool
    let confirmation: FreshSignIn?
    let refusal: String?
    let refusalCode: String?
    let isManagedElsewhere: Bool
    let canChangeRole: Bool
    let canDeactivate: Bool
    let canReactivate: Bool
    let conflict: Conflict?
    /// The role that the form is made of, which it names when it is sent.
    let seenRole: String
    let role: FormField

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - visit: Who asks.
    ///   - service: The settings.
    ///   - detail: The person.
    ///   - notice: What was done.
    ///   - kept: What was to be done, and wanted a fresh sign-in first.
    ///   - refusal: Why nothing was done.
    ///   - typed: The role that was chosen, where the page does not show it for the first time.
    ///   - isConflict: Whether somebody else gave another role meanwhile.
    init(
        _ visit: SettingsVisit,
        service: Console,
        member detail: MemberDetail,
        notice: Notice? = nil,
        kept: MemberEndpoint.Action? = nil,
        refusal: AdministrationRefusal? = nil,
        role typed: TypedRole? = nil,
        isConflict: Bool = false
    ) {
        let member = detail.entry.membership
        let paths = MembersPath(service.pages.site)
        let isManagedElsewhere = service.management.roleManager(of: visit.configured.workspace) == .identityProvider
        self.frame = ConsoleFrame(visit, page: .members, renderer: service.renderer)
        self.listPath = paths.list
        self.path = paths.person(member.userID)
        self.name = PrintableText.escaped(member.displayName)
        self.email = member.email.value
        self.isYou = visit.visitor.actor.email == member.email
        self.isOwner = member.isOwner
        self.standing = MemberWords.standing(member.state)
        self.isActive = member.state == .active
        self.isOut = member.state.deactivationOrigin != nil
        self.facts = Self.facts(detail)
        self.notice = notice.flatMap { Self.words(of: $0, member) }
        self.kept = kept.map { Self.button(of: $0, member) }
        // What was done meanwhile stands above it.
        self.keptWords =
            self.notice == nil
            ? "Nothing was changed yet." : kept.map { "“\(Self.button(of: $0, member))” is not done yet." } ?? ""
        self.keepsRemoval = kept == .remove
        let confirmation = visit.confirmation(
            at: paths.person(member.userID),
            site: service.pages.site,
            now: service.now()
        )
        self.confirmation = confirmation
        self.asksToConfirm = confirmation != nil
        self.refusal = refusal?.description
        self.refusalCode = refusal?.code?.rawValue
        self.isManagedElsewhere = isManagedElsewhere
        self.canChangeRole = !isManagedElsewhere && !member.isOwner
        self.canDeactivate = member.state != .deactivated(.admin) && !member.isOwner
        self.canReactivate =
            switch member.state {
            case .deactivated(.idpSync): !isManagedElsewhere
            case .deactivated: true
            case .active, .invited, .notActivated: false
            }
        var problems = FormProblems()
        if case .unknownRole = refusal, let refusal {
            problems.add([.init(field: "role", message: refusal.description)])
        }
        let names = service.catalogue.roles.map(\.name)
        let present = member.role?.name ?? ""
        // A role that the installation has no more, or none at all, is shown until another one is chosen.
        let others = names.contains(present) ? [] : [(value: present, label: present.isEmpty ? "No role" : present)]
        let chosen = typed?.name ?? ""
        // Whoever has seen what differs, and sends the form again, means what it says.
        self.seenRole = isConflict ? present : typed?.shown ?? present
        self.conflict =
            isConflict
            ? Conflict([.init("Role", seen: typed?.shown ?? "", saved: present, typed: chosen)]) : nil
        self.role = FormField(
            "role",
            "Role",
            control: FormField.choices(
                others + names.map { (value: $0, label: $0) },
                selected: names.contains(chosen) ? chosen : present
            ),
            help:
                "It lasts until a sign-in in which the identity provider gives the person a role; that one counts then.",
            problems: problems
        )
    }

    private static func facts(_ detail: MemberDetail) -> [Fact] {
        let member = detail.entry.membership
        let identity = detail.entry.identity
        let list = { (texts: [String]) in texts.isEmpty ? nil : texts.joined(separator: ", ") }
        let projects = detail.projects.map { project in
            project.role.map { "\(project.id) as \($0.name)" } ?? project.id
        }
        let facts: [(String, String?)] = [
            ("Role", member.role.map { "\($0.name), \(MemberWords.source(member.roleSource))" } ?? "None yet"),
            ("Deactivated", MemberWords.origin(member.state)),
            ("Last sign-in", detail.entry.lastSignInAt.map { ReadableDate.time($0) } ?? "Never"),
            ("Invited", member.invitedAt.map { ReadableDate.time($0) }),
            ("Identity provider", identity?.issuer),
            ("NameID there", identity?.nameID),
            ("Known from there since", identity.map { ReadableDate.time($0.linkedAt) }),
            ("Mapped groups", list(detail.groups)), ("Spaces", list(detail.spaces)), ("Projects", list(projects)),
        ]
        return facts.compactMap { label, words in
            words.map { Fact(label: label, words: PrintableText.escaped($0)) }
        }
    }

    /// What was done, in words; a link that anybody may have made says nothing of the person that is not so.
    private static func words(of notice: Notice, _ member: Membership) -> String? {
        switch notice {
        case .ended(let number):
            return EndedSessions(number).words
        case .done(.role):
            return "The role is \(member.role?.name ?? "none") now; it counts at once."
        case .done(.deactivate):
            guard member.state == .deactivated(.admin) else { return nil }
            return "Deactivated. Every session of the person has ended, and no sign-in lets them in."
        case .done(.reactivate):
            guard member.state.deactivationOrigin == nil else { return nil }
            return "Reactivated. The person can sign in again."
        case .done(.remove):
            return nil
        }
    }

    /// The button of a step.
    private static func button(of action: MemberEndpoint.Action, _ member: Membership) -> String {
        switch action {
        case .role: "Change the role"
        case .deactivate: "Deactivate"
        case .reactivate: "Reactivate"
        case .remove: "Remove \(member.email.value)"
        }
    }
}
