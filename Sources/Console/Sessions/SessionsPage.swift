import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// What the list of sessions shows: the names that the template uses.
struct SessionsPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice {
        /// The limits were saved.
        case saved
        /// So many sessions were ended.
        case ended(Int)

        init?(_ query: Form) {
            if query.contains("saved") {
                self = .saved
            } else if let count = EndedSessions(query) {
                self = .ended(count.number)
            } else {
                return nil
            }
        }
    }

    /// One session; no name is one of the page's.
    struct Entry {
        let id: String
        let personPath: String
        let name: String
        let email: String
        let isOwn: Bool
        let since: String
        let lastSeen: String
        let expires: String
        let issuer: String
        let endPath: String
    }

    let frame: ConsoleFrame
    let path: String
    let endAllPath: String
    let find: FormField
    let entries: [Entry]
    let isEmpty: Bool
    let isFiltered: Bool
    let firstPath: String?
    let nextPath: String?
    let notice: String?
    /// Whether the session that was to end is none any more.
    let isGone: Bool
    let problemCount: Int?
    let conflict: Conflict?
    let isKept: Bool
    /// Whether everybody was to be signed out, the administrator here among them.
    let keepsOwn: Bool
    let asksToConfirm: Bool
    let confirmation: FreshSignIn?
    /// The limits that the form is made of, which it names when it is sent.
    let seen: SessionLimitsChange
    let maxAge: FormField
    let maxIdle: FormField

    init(
        _ visit: SettingsVisit,
        service: Console,
        own: SessionID,
        text: String,
        sessions: SessionPage,
        isLaterPart: Bool,
        limits typed: TypedLimits?,
        isConflict: Bool,
        problems: FormProblems,
        notice: Notice?,
        isGone: Bool,
        kept: Form?
    ) {
        let site = service.pages.site
        let path = ConsolePath.sessions.path(at: site)
        let query = [(name: "q", value: Optional(text))]
        self.frame = ConsoleFrame(visit, page: .sessions, renderer: service.renderer)
        self.path = path
        self.endAllPath = path + "/end-all"
        self.find = FormField("q", "Name or address", value: text)
        self.entries = sessions.entries.map { entry in
            let session = entry.session
            let id = session.id.description
            return Entry(
                id: id,
                personPath: MembersPath(site).person(session.userID),
                name: PrintableText.escaped(session.displayName),
                email: session.email.value,
                isOwn: session.id == own,
                since: ReadableDate.time(session.authenticatedAt),
                lastSeen: ReadableDate.time(session.lastSeenAt),
                expires: ReadableDate.time(min(session.expiresAt, session.lastSeenAt.advanced(by: session.maxIdle))),
                issuer: entry.issuer.map { PrintableText.escaped($0) } ?? "a passphrase",
                endPath: path + "/" + id + "/end"
            )
        }
        self.isEmpty = sessions.entries.isEmpty
        self.isFiltered = !text.isEmpty
        self.firstPath = isLaterPart ? QueryText.link(path, query) : nil
        self.nextPath = sessions.next.map { QueryText.link(path, query + [(name: "after", value: $0.text)]) }
        self.notice = notice.map(Self.words)
        self.isGone = isGone
        self.isKept = kept != nil
        self.keepsOwn = kept?.contains("own") ?? false
        let confirmation = visit.confirmation(for: .sessions, site: site, now: service.now())
        self.confirmation = confirmation
        self.asksToConfirm = confirmation != nil
        self.problemCount = problems.isEmpty ? nil : problems.count
        let saved = SessionLimitsChange(visit.configured.workspace)
        let limits = typed?.wanted ?? saved
        // Whoever has seen what differs, and sends the form again, means what it says.
        self.seen = isConflict ? saved : typed?.seen ?? saved
        self.conflict = isConflict ? typed.map { Self.conflict($0, saved) } : nil
        let installation = service.sessionLimits
        self.maxAge = FormField(
            "max_session_age",
            "Longest session, in minutes",
            value: limits.maxAge,
            help:
                "After so long everybody signs in again. Empty: \(Self.minutes(installation.maxAge)), as the installation "
                + "has it, which is the most.",
            problems: problems
        )
        self.maxIdle = FormField(
            "max_time_between_activity",
            "Longest time without activity, in minutes",
            value: limits.maxIdle,
            help: "Who does nothing for so long signs in again. Empty: \(Self.minutes(installation.maxIdle)), as the "
                + "installation has it, which is the most.",
            problems: problems
        )
    }

    private static func conflict(_ typed: TypedLimits, _ saved: SessionLimitsChange) -> Conflict {
        Conflict([
            .init(
                "Longest session, in minutes",
                seen: typed.seen.maxAge,
                saved: saved.maxAge,
                typed: typed.wanted.maxAge
            ),
            .init(
                "Longest time without activity, in minutes",
                seen: typed.seen.maxIdle,
                saved: saved.maxIdle,
                typed: typed.wanted.maxIdle
            ),
        ])
    }

    private static func minutes(_ duration: Duration) -> String {
        "\(duration.components.seconds / 60) minutes"
    }

    private static func words(_ notice: Notice) -> String {
        switch notice {
        case .saved: "Saved. A shorter limit counts at once, a longer one from the next sign-in of each person."
        case .ended(let number): EndedSessions(number).words
        }
    }
}
