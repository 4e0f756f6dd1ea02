import GatewayHTTP
import Workspaces

/// What the page about joining shows: the names that the template uses.
struct JoiningPage {
    let frame: ConsoleFrame
    let path: String
    let invitationsPath: String
    let domainsPath: String
    let membersPath: String
    let isSaved: Bool
    let problemCount: Int?
    let conflict: Conflict?
    let consequences: [JoiningWords.Consequence]
    let isClosedByInstallation: Bool
    let isManagedElsewhere: Bool
    /// The choices that the form is made of, which it names when it is sent.
    let seenRegistration: String
    let seenDefaultRole: String
    let seenGuests: String
    let registration: FormField
    let defaultRole: FormField
    let guests: FormField

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - visit: Who asks.
    ///   - service: The settings.
    ///   - typed: What was chosen; what is saved where it is `nil`.
    ///   - isConflict: Whether somebody else saved something else meanwhile.
    ///   - problems: What is wrong with what was chosen.
    ///   - isSaved: Whether the form was just saved.
    init(
        _ visit: SettingsVisit,
        service: Console,
        typed: TypedJoining? = nil,
        isConflict: Bool = false,
        problems: FormProblems = FormProblems(),
        isSaved: Bool = false
    ) {
        let site = service.pages.site
        let workspace = visit.configured.workspace
        let catalogue = service.catalogue
        self.frame = ConsoleFrame(visit, page: .joining, renderer: service.renderer)
        self.path = ConsolePath.joining.path(at: site)
        self.invitationsPath = ConsolePath.invitations.path(at: site)
        self.domainsPath = ConsolePath.domains.path(at: site)
        self.membersPath = MembersPath(site).list
        self.isSaved = isSaved
        self.problemCount = problems.isEmpty ? nil : problems.count
        self.consequences = JoiningWords.consequences(
            workspace,
            catalogue: catalogue,
            management: service.management,
            signUpPolicy: service.signUpPolicy
        )
        self.isClosedByInstallation = service.signUpPolicy == .invitationOnly
        self.isManagedElsewhere = service.management.roleManager(of: workspace) == .identityProvider
        let saved = JoiningRules(workspace)
        let shown = typed?.wanted ?? saved
        // Whoever has seen what differs, and sends the form again, means what it says.
        let seen = isConflict ? saved : typed?.seen ?? saved
        self.conflict = isConflict ? typed.map { Self.conflict($0, saved, catalogue: catalogue) } : nil
        self.seenRegistration = "\(seen.selfRegistration)"
        self.seenDefaultRole = seen.defaultRole
        self.seenGuests = "\(seen.allowGuests)"
        self.registration = FormField(
            "self_registration",
            "Who may register",
            control: FormField.choices(
                [true, false].map { ("\($0)", JoiningWords.registration($0)) },
                selected: "\(shown.selfRegistration)"
            ),
            help:
                "People sign up with the Company ID, and your identity provider says who they are. Whoever is a member "
                + "already signs in as before.",
            problems: problems
        )
        let roles = JoiningRules.defaultRoles(of: workspace, catalogue: catalogue, management: service.management)
        // A role that the installation has no more is shown until another one is chosen.
        let choices = (roles.contains(saved.defaultRole) ? [] : [saved.defaultRole]) + roles
        self.defaultRole = FormField(
            "default_role",
            "What they get",
            control: FormField.choices(
                choices.map { ($0, JoiningWords.defaultRole($0, catalogue: catalogue)) },
                // A role that was sent and is none of the choices would leave the browser to take the first.
                selected: choices.contains(shown.defaultRole) ? shown.defaultRole : saved.defaultRole
            ),
            help: JoiningWords.waiting(catalogue: catalogue, isManagedElsewhere: self.isManagedElsewhere),
            problems: problems
        )
        self.guests = FormField(
            "guests",
            "Guests",
            control: FormField.choices(
                [true, false].map { ("\($0)", JoiningWords.guests($0)) },
                selected: "\(shown.allowGuests)"
            ),
            help:
                "Their address is in a domain that is not the workspace’s. Where they are refused, guests who are members "
                + "do not sign in by single sign-on again either; a session that is open goes on until it ends.",
            problems: problems
        )
    }

    private static func conflict(
        _ typed: TypedJoining,
        _ saved: JoiningRules,
        catalogue: RoleCatalogue
    ) -> Conflict {
        let line = { (name: String, words: (JoiningRules) -> String) in
            Conflict.Line(name, seen: words(typed.seen), saved: words(saved), typed: words(typed.wanted))
        }
        return Conflict([
            line("Who may register") { JoiningWords.registration($0.selfRegistration) },
            line("What they get") { JoiningWords.defaultRole($0.defaultRole, catalogue: catalogue) },
            line("Guests") { JoiningWords.guests($0.allowGuests) },
        ])
    }
}
