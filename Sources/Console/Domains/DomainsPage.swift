import GatewayHTTP
import Storage
import Workspaces

/// What the page of domains shows: the names that the template uses.
struct DomainsPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice {
        /// A claim was begun.
        case added(String)
        /// The record was looked for.
        case looked(String)
        /// A domain was given up.
        case removed

        init?(_ query: Form) {
            let domain = { (name: String) in
                (try? query.optionalValue(name)).flatMap { $0 }.flatMap { EmailDomain($0)?.value }
            }
            if let added = domain("added") {
                self = .added(added)
            } else if let looked = domain("looked") {
                self = .looked(looked)
            } else if query.contains("removed") {
                self = .removed
            } else {
                return nil
            }
        }
    }

    let frame: ConsoleFrame
    let path: String
    let verifyPath: String
    let removePath: String
    let notice: String?
    /// Why a domain was not given up.
    let refusal: String?
    let problemCount: Int?
    let domain: FormField
    let cards: [DomainCard]
    let isEmpty: Bool

    init(
        _ visit: SettingsVisit,
        service: Console,
        claimed: [ClaimedDomain],
        claims: [DomainClaim],
        confirmation: FreshSignIn?,
        typed: String,
        problems: FormProblems,
        refusal: AdministrationRefusal?,
        notice: Notice?
    ) {
        let path = ConsolePath.domains.path(at: service.pages.site)
        self.frame = ConsoleFrame(visit, page: .domains, renderer: service.renderer)
        self.path = path
        self.verifyPath = path + "/verify"
        self.removePath = path + "/remove"
        let cards = DomainCard.all(claimed, claims: claims, of: visit.configured, confirmation: confirmation)
        self.cards = cards
        self.isEmpty = cards.isEmpty
        self.notice = notice.flatMap { Self.words(of: $0, cards) }
        self.refusal = refusal?.description
        self.problemCount = problems.isEmpty ? nil : problems.count
        self.domain = FormField(
            "domain",
            "Domain",
            value: typed,
            help:
                "The part of your e-mail addresses after the @, such as company.example. A subdomain is claimed by itself.",
            problems: problems
        )
    }

    /// What was done, in words.
    ///
    /// The link of a page may be anybody's: it names no domain that is not on the page.
    private static func words(of notice: Notice, _ cards: [DomainCard]) -> String? {
        switch notice {
        case .added(let domain):
            guard cards.contains(where: { $0.name == domain && !$0.isClaimed }) else { return nil }
            return "\(domain) waits for its record: publish it as the card below says."
        case .looked(let domain):
            guard cards.contains(where: { $0.name == domain }) else { return nil }
            return "The record of \(domain) was looked for; its card says what came of it."
        case .removed:
            return "The domain is given up. Nobody comes in from it any more."
        }
    }
}
