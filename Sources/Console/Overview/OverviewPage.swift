import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// What the overview shows: the names that the template uses.
struct OverviewPage {
    /// A number with a word about it.
    struct Tile {
        let title: String
        let value: String
        let detail: String
        let isGood: Bool
        let isWarning: Bool
        let isBad: Bool
    }

    /// Something to do.
    struct Step {
        let title: String
        let words: String
        let path: String?
        let isDone: Bool
        /// How to do it at each identity provider.
        var guides: [GuideLink] = []
        var hasGuides = false
        /// Whether it is what comes now.
        var isNext = false
    }

    /// How much a tile has to say.
    private enum Mood {
        case plain
        case good
        case warning
        case bad
    }

    let frame: ConsoleFrame
    let trustChange: TrustChange?
    let tiles: [Tile]
    let steps: [Step]
    let isComplete: Bool
    let chart: SignInChart
    let passphraseNotice: PassphraseNotice?

    /// The days before its end from which a certificate is worth a word.
    private static let warningDays = 60

    init(
        _ visit: SettingsVisit,
        renderer: ConsoleRenderer,
        activeMembers: Int,
        signIns: [SignInCount],
        localSignIns: LocalSignInSummary?,
        trustChange: TrustChange?,
        now: Date
    ) {
        let configured = visit.configured
        self.frame = ConsoleFrame(visit, page: .overview, renderer: renderer)
        self.trustChange = trustChange
        self.tiles = [
            Self.signOnTile(configured), Self.certificateTile(configured, now: now), Self.domainTile(configured),
            Self.seatTile(configured, activeMembers: activeMembers),
        ]
        let path = ConsolePath.singleSignOn.path(at: renderer.site)
        let domains = ConsolePath.domains.path(at: renderer.site)
        let guides = GuideLink.all(site: renderer.site)
        var steps = Self.steps(configured, signIns: signIns, path: path, domains: domains, guides: guides)
        if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isNext = true }
        self.steps = steps
        self.isComplete = steps.allSatisfy(\.isDone)
        self.chart = SignInChart(signIns)
        self.passphraseNotice = localSignIns.map { PassphraseNotice($0, site: renderer.site) }
    }

    // MARK: - Tiles

    private static func tile(_ title: String, _ value: String, _ detail: String, _ mood: Mood) -> Tile {
        Tile(
            title: title,
            value: value,
            detail: detail,
            isGood: mood == .good,
            isWarning: mood == .warning,
            isBad: mood == .bad
        )
    }

    private static func signOnTile(_ configured: ConfiguredWorkspace) -> Tile {
        let title = "Single sign-on"
        guard let provider = configured.identityProvider else {
            return self.tile(title, "Not set up", "Nobody can sign in yet.", .warning)
        }
        return provider.enabled
            ? self.tile(title, "On", "People sign in as \(configured.workspace.companyID).", .good)
            : self.tile(title, "Off", "It is set up, and nobody can use it.", .warning)
    }

    private static func certificateTile(_ configured: ConfiguredWorkspace, now: Date) -> Tile {
        let title = "Certificate"
        let ends = (configured.identityProvider?.certificates ?? []).map(\.notAfter)
        guard let last = ends.max() else { return self.tile(title, "None", "It comes with single sign-on.", .plain) }
        let days = ReadableDate.days(until: last, from: now)
        guard last > now else {
            return self.tile(title, "Expired", "On \(ReadableDate.day(last)). It still counts; ask for the next.", .bad)
        }
        let value = days == 1 ? "1 day" : "\(days) days"
        return self.tile(title, value, "Until \(ReadableDate.day(last)).", days < Self.warningDays ? .warning : .good)
    }

    private static func domainTile(_ configured: ConfiguredWorkspace) -> Tile {
        guard let first = configured.domains.first else {
            return self.tile("Domain", "None", "Single sign-on needs one.", .warning)
        }
        let others = configured.domains.count - 1
        let detail = others == 0 ? "Addresses in it get in." : "And \(others) more."
        return self.tile("Domain", first.value, detail, .good)
    }

    private static func seatTile(_ configured: ConfiguredWorkspace, activeMembers: Int) -> Tile {
        guard let seats = configured.workspace.seats else {
            return self.tile("Seats", "\(activeMembers)", "Taken; there is no limit.", .plain)
        }
        let free = max(0, seats - activeMembers)
        let detail = free == 0 ? "All are taken; nobody new gets in." : "\(free) of them free."
        return self.tile("Seats", "\(activeMembers) of \(seats)", detail, free == 0 ? .bad : .plain)
    }

    // MARK: - Steps

    private static func steps(
        _ configured: ConfiguredWorkspace,
        signIns: [SignInCount],
        path: String,
        domains: String,
        guides: [GuideLink]
    ) -> [Step] {
        [
            Step(
                title: "Claim a domain",
                words: "Only addresses of your own domains get in; a record in its DNS shows that it is yours.",
                path: domains,
                isDone: !configured.domains.isEmpty
            ),
            Step(
                title: "Connect your identity provider",
                words: "Give it our values and bring its own here; its metadata fills in most of them.",
                path: path,
                isDone: configured.identityProvider != nil,
                guides: guides,
                hasGuides: configured.identityProvider == nil
            ),
            Step(
                title: "Switch single sign-on on",
                words: "It counts from then on.",
                path: path,
                isDone: configured.identityProvider?.enabled ?? false
            ),
            Step(
                title: "Sign in for the first time",
                words: "Try it yourself in a private window, then tell the others your Company ID.",
                path: nil,
                isDone: signIns.contains { $0.done > 0 }
            ),
        ]
    }
}
