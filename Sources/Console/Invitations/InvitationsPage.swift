import FoundationEssentials
import GatewayHTTP
import Workspaces

/// What the page of invitations shows: the names that the template uses.
struct InvitationsPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice {
        /// A link was made, which is shown this once.
        case link(Link)
        /// A mail was asked for.
        case mailed
        /// An invitation was withdrawn.
        case withdrawn
        /// Nothing was done, for this reason.
        case refused(String)
        /// Somebody invited the person with another role already.
        case invitedOtherwise(Membership)
    }

    /// An invitation that another one would take the place of.
    struct Other {
        let email: String
        let role: String
        let invitedAt: String?
        let wanted: String
    }

    /// A link that was made.
    struct Link {
        let email: String
        let url: String
        let expiresAt: String
    }

    /// Somebody who is invited.
    struct Invitation {
        let email: String
        let roleName: String?
        let invitedAt: String?
        let mail: InvitationMailWords?
        let linkUntil: String?
        let isExpired: Bool
        /// Whether the link is not there yet or was mailed to nobody, so that nothing is said of how long it works.
        let hasNoLink: Bool
        /// Whether nobody but an administrator can give the person a link.
        let needsLink: Bool
        let canWithdraw: Bool
    }

    let frame: ConsoleFrame
    let path: String
    let lead: String
    let email: FormField
    /// Nil where the identity provider alone manages roles, so that nobody chooses one.
    let role: FormField?
    let roleProblem: String?
    let seenEmail: String
    let seenRole: String
    let other: Other?
    let hasProblems: Bool
    let link: Link?
    let isMailed: Bool
    let isWithdrawn: Bool
    let isMailing: Bool
    let isKept: Bool
    let asksToConfirm: Bool
    let confirmation: FreshSignIn?
    let refusal: String?
    let beginning: String
    let isSearch: Bool
    let hasSearch: Bool
    let isEmpty: Bool
    let invitations: [Invitation]

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - visit: Who asks.
    ///   - service: The settings.
    ///   - values: What stands in the form.
    ///   - problems: What is wrong with it.
    ///   - notice: What was done.
    ///   - isKept: Whether the invitation wanted a fresh sign-in first, and stands in the form as it was typed.
    ///   - beginning: How the addresses begin that are listed.
    ///   - pending: Who is invited.
    ///   - hasMore: Whether there are more than are listed.
    init(
        _ visit: SettingsVisit,
        service: Console,
        values: InvitationValues,
        problems: FormProblems,
        notice: Notice?,
        isKept: Bool,
        beginning: String,
        pending: [PendingInvitation],
        hasMore: Bool
    ) {
        self.frame = ConsoleFrame(visit, page: .invitations, renderer: service.renderer)
        self.path = ConsolePath.invitations.path(at: service.pages.site)
        let giver = RoleGiver(visit.configured.workspace, management: service.management)
        self.lead = giver.words
        self.email = FormField(
            "email",
            "E-mail address",
            value: values.email,
            help: Self.help(visit.configured),
            problems: problems
        )
        let roles = service.catalogue.roles.map(\.name)
        self.role = giver.help.map { help in
            FormField(
                "role",
                "Role",
                control: FormField.choices(
                    roles.map { ($0, $0) },
                    selected: values.role.flatMap { $0.isEmpty ? nil : $0 } ?? roles.last ?? ""
                ),
                help: help,
                problems: problems
            )
        }
        self.roleProblem = self.role == nil ? problems.words(of: "role") : nil
        self.seenEmail = values.seenEmail
        self.seenRole = values.seenRole
        if case .invitedOtherwise(let invitation) = notice {
            self.other = Other(
                email: invitation.email.value,
                role: invitation.role?.name ?? "nothing yet",
                invitedAt: invitation.invitedAt.map(ReadableDate.time),
                wanted: values.role ?? ""
            )
        } else {
            self.other = nil
        }
        self.hasProblems = !problems.isEmpty
        if case .link(let link) = notice { self.link = link } else { self.link = nil }
        if case .mailed = notice { self.isMailed = true } else { self.isMailed = false }
        self.isMailing = service.invitationDelivery == .mail
        self.isKept = isKept
        let confirmation = visit.confirmation(
            at: ConsolePath.invitations.path(at: service.pages.site),
            site: service.pages.site,
            now: service.now()
        )
        self.confirmation = confirmation
        self.asksToConfirm = confirmation != nil
        if case .withdrawn = notice { self.isWithdrawn = true } else { self.isWithdrawn = false }
        if case .refused(let words) = notice { self.refusal = words } else { self.refusal = nil }
        self.beginning = beginning
        self.isSearch = !beginning.isEmpty
        self.hasSearch = hasMore || !beginning.isEmpty
        self.isEmpty = pending.isEmpty
        let now = service.now()
        let delivery = service.invitationDelivery
        self.invitations = pending.map { Self.invitation($0, delivery: delivery, now: now) }
    }

    private static func invitation(
        _ pending: PendingInvitation,
        delivery: InvitationDelivery,
        now: Date
    ) -> Invitation {
        let membership = pending.membership
        let isOpen = pending.linkExpiresAt.map { now < $0 } ?? false
        let hasNoLink: Bool
        let needsLink: Bool
        switch pending.mail {
        case .waiting:
            hasNoLink = true
            needsLink = delivery == .link
        case .failed:
            hasNoLink = true
            needsLink = true
        case .sent, nil:
            hasNoLink = false
            needsLink = false
        }
        return Invitation(
            email: membership.email.value,
            roleName: membership.role?.name,
            invitedAt: membership.invitedAt.map(ReadableDate.day),
            mail: pending.mail.map { InvitationMailWords($0, delivery: delivery) },
            linkUntil: isOpen ? pending.linkExpiresAt.map(ReadableDate.time) : nil,
            isExpired: !isOpen && pending.linkExpiresAt != nil,
            hasNoLink: hasNoLink,
            needsLink: needsLink,
            canWithdraw: !membership.isOwner
        )
    }

    /// Whom one can invite (behavior D3, D4).
    private static func help(_ configured: ConfiguredWorkspace) -> String {
        let domains = configured.domains.map(\.value).joined(separator: ", ")
        switch (configured.workspace.allowGuests, domains.isEmpty) {
        case (true, true): return "Anybody: this workspace allows guests."
        case (true, false): return "Of \(domains), or a guest’s."
        case (false, true): return "The workspace has no domain yet, so nobody can be invited."
        case (false, false): return "Of \(domains)."
        }
    }
}
