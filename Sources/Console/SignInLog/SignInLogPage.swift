import GatewayHTTP
import Storage
import Workspaces

/// What the sign-in log shows: the names that the template uses.
struct SignInLogPage {
    let frame: ConsoleFrame
    let path: String
    let asked: String
    let isSearch: Bool
    let isFound: Bool
    let isEmpty: Bool
    let isFiltered: Bool
    let attempts: [ShownAttempt]
    /// Which sign-ins are shown; nil on the page of one.
    let show: FormField?
    let newestPath: String?
    let newerPath: String?
    let olderPath: String?
    /// What is kept, in a sentence.
    let kept: String

    /// The page of a part of the log.
    init(
        _ visit: SettingsVisit,
        service: Console,
        part: SignInAttemptPage,
        filter: SignInAttemptFilter,
        counts: [SignInAttemptCount]
    ) {
        let renderer = service.renderer
        let path = ConsolePath.signInLog.path(at: renderer.site)
        let link = { (position: SignInAttemptPage.Position) in
            QueryText.link(path, [(name: "show", value: filter.text), position.pair])
        }
        self.frame = ConsoleFrame(visit, page: .signInLog, renderer: renderer)
        self.path = path
        self.asked = ""
        self.isSearch = false
        self.isFound = false
        self.isEmpty = part.attempts.isEmpty
        self.isFiltered = filter != .everything
        self.attempts = part.attempts
            .map { ShownAttempt($0, visit, catalogue: service.catalogue, renderer: renderer) }
        self.show = FormField("show", "Show", control: Self.choices(filter, counts))
        self.newestPath = part.newer.map { _ in link(.newest) }
        self.newerPath = part.newer.map(link)
        self.olderPath = part.older.map(link)
        self.kept = Self.kept(counts)
    }

    /// The page of the sign-ins of one id.
    init(_ visit: SettingsVisit, service: Console, asked: String, found: [SignInAttempt]) {
        let renderer = service.renderer
        self.frame = ConsoleFrame(visit, page: .signInLog, renderer: renderer)
        self.path = ConsolePath.signInLog.path(at: renderer.site)
        self.asked = asked
        self.isSearch = true
        self.isFound = !found.isEmpty
        self.isEmpty = found.isEmpty
        self.isFiltered = false
        self.attempts = found.map { ShownAttempt($0, visit, catalogue: service.catalogue, renderer: renderer) }
        self.show = nil
        self.newestPath = nil
        self.newerPath = nil
        self.olderPath = nil
        self.kept = Self.bounds
    }

    /// Everything, one outcome, or one of the reasons that there are, with their numbers.
    private static func choices(_ filter: SignInAttemptFilter, _ counts: [SignInAttemptCount]) -> FormField.Control {
        var choices: [(filter: SignInAttemptFilter, label: String)] = [
            (.everything, "Everything"), (.accepted, "Who signed in"), (.refused, "Who was refused"),
        ]
        choices += counts.compactMap { count in
            count.code.map { (.refusedBy($0), "\($0.title) (\(count.count))") }
        }
        if case .refusedBy(let code) = filter, !choices.contains(where: { $0.filter == filter }) {
            choices.append((filter, "\(code.title) (0)"))
        }
        return FormField.choices(choices.map { ($0.filter.text, $0.label) }, selected: filter.text)
    }

    private static func kept(_ counts: [SignInAttemptCount]) -> String {
        let done = counts.first { $0.code == nil }?.count ?? 0
        let refused = counts.reduce(0) { $0 + ($1.code == nil ? 0 : $1.count) }
        return "\(Self.bounds) There are \(done) and \(refused) now."
    }

    private static let bounds =
        "Kept are the newest \(SignInAttemptStore.maximumCount) who signed in and the newest "
        + "\(SignInAttemptStore.maximumCount) who were refused, for "
        + "\(SignInAttemptStore.maximumAge.components.seconds / 86_400) days at most."
}
