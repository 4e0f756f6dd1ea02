import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// What the overview shows: the names that the template uses.
struct OverviewPage {
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

    let frame: ConsoleFrame
    let trustChange: TrustChange?
    let metadataNews: MetadataNews?
    let tiles: [OverviewTile]
    let steps: [Step]
    let isComplete: Bool
    let chart: SignInChart
    let passphraseNotice: PassphraseNotice?
    /// What to do where nobody administers the workspace; `nil` where somebody does.
    let administratorNotice: String?

    init(
        _ visit: SettingsVisit,
        renderer: ConsoleRenderer,
        activeMembers: Int,
        signIns: [SignInCount],
        localSignIns: LocalSignInSummary?,
        trustChange: TrustChange?,
        metadataNews: MetadataNews?,
        run: SignInRun,
        administratorNotice: String?,
        now: Date
    ) {
        let configured = visit.configured
        self.frame = ConsoleFrame(visit, page: .overview, renderer: renderer)
        self.trustChange = trustChange
        self.metadataNews = metadataNews
        let log = QueryText.link(
            ConsolePath.signInLog.path(at: renderer.site),
            [(name: "show", value: SignInAttemptFilter.refused.text)]
        )
        self.tiles = [
            .signOn(configured, run, logPath: log), .certificates(configured, now: now), .domains(configured),
            .seats(configured, activeMembers: activeMembers),
        ]
        let path = ConsolePath.singleSignOn.path(at: renderer.site)
        let domains = ConsolePath.domains.path(at: renderer.site)
        let guides = GuideLink.all(site: renderer.site)
        var steps = Self.steps(configured, signIns: signIns, path: path, domains: domains, guides: guides)
        if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isNext = true }
        self.steps = steps
        self.isComplete = steps.allSatisfy(\.isDone)
        self.chart = SignInChart(signIns)
        self.administratorNotice = administratorNotice
        self.passphraseNotice = localSignIns.map { PassphraseNotice($0, site: renderer.site) }
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
