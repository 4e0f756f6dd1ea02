import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// What the page of the audit log shows: the names that the template uses.
struct AuditLogPage {
    /// One line of the log.
    struct Line {
        let time: String
        let actor: String
        let action: String
        /// Not `email`, which is the name of a field of the page: where a line has none, the template would take that one.
        let about: String?
        let code: String?
        let isRefused: Bool
        let detail: [Fact]
        let hasDetail: Bool
    }

    /// One thing that a decision rested on.
    struct Fact {
        let name: String
        let value: String
    }

    /// What the visitor asked for a moment ago.
    enum Notice: String {
        /// The chain was looked at.
        case checked
        /// The chain is so long that a node looks at it.
        case asked

        /// Reads the query of the page.
        init?(_ query: Form) {
            let found = [Notice.checked, .asked].first { query.contains($0.rawValue) }
            guard let found else { return nil }
            self = found
        }

        /// What to say of it; what a link alone claims is not said.
        fileprivate func words(_ chain: AuditChainStatus, now: Date) -> String? {
            switch self {
            case .checked: chain.isSound(since: now.addingTimeInterval(-60)) ? "The log was checked just now." : nil
            case .asked: "A long log is checked while you do something else. Look here again in a few minutes."
            }
        }
    }

    let frame: ConsoleFrame
    let path: String
    let checkPath: String
    let notice: String?
    let from: FormField
    let until: FormField
    let action: FormField
    let email: FormField
    let refused: FormField
    let lines: [Line]
    let isEmpty: Bool
    let isFiltered: Bool
    let csvPath: String
    let jsonPath: String
    let olderPath: String?
    /// What was found wrong with the chain of the log.
    let defect: String?
    /// When the chain was looked at last, and what that came to, when nothing was wrong.
    let chain: String?
    /// What else there is to know: entries that cannot be read, or whose place in the chain nobody could verify.
    let warnings: [String]

    init(
        _ visit: SettingsVisit,
        renderer: ConsoleRenderer,
        query asked: AuditLogQuery,
        events: AuditPage?,
        chain: AuditChainStatus,
        notice: Notice?,
        now: Date
    ) {
        let path = ConsolePath.auditLog.path(at: renderer.site)
        let query = asked.text
        let filter = asked.filter
        self.frame = ConsoleFrame(visit, page: .auditLog, renderer: renderer)
        self.path = path
        self.checkPath = path + "/check"
        self.notice = notice?.words(chain, now: now)
        self.from = FormField(
            "from",
            "From",
            value: asked.from,
            help: "A day, such as 2026-11-20. It begins at 00:00 UTC.",
            problems: asked.problems
        )
        self.until = FormField(
            "until",
            "Until",
            value: asked.until,
            help: "The last day that is shown.",
            problems: asked.problems
        )
        self.action = FormField(
            "action",
            "What",
            control: FormField.choices(
                [("", "Everything")] + AuditAction.allCases.map { ($0.rawValue, Self.words($0.rawValue)) },
                selected: filter.action?.rawValue ?? ""
            )
        )
        self.email = FormField("email", "By or about", value: filter.email ?? "")
        self.refused = FormField("refused", "Only what was refused", control: .check(filter.isRefusalsOnly))
        self.lines = events?.events.map(Self.line) ?? []
        self.isEmpty = events.map { $0.events.isEmpty && $0.unreadable.isEmpty } ?? false
        self.isFiltered = !query.isEmpty
        self.csvPath = path + ".csv" + (query.isEmpty ? "" : "?" + query)
        self.jsonPath = path + ".json" + (query.isEmpty ? "" : "?" + query)
        self.olderPath = events?.next
            .map { next in
                path + "?" + (query.isEmpty ? "" : query + "&") + "before=\(next)"
            }
        self.defect = chain.defect
        self.chain = Self.sentence(chain)
        self.warnings = Self.warnings(chain, unreadable: events?.unreadable ?? [], now: now)
    }

    private static func sentence(_ chain: AuditChainStatus) -> String? {
        switch chain {
        case .unseen: return "It has not been checked yet."
        case .forged: return nil
        case .seen(let verdict):
            let time = ReadableDate.time(verdict.verifiedAt)
            guard verdict.defect == nil else { return "It was last checked on \(time)." }
            return "It was last checked on \(time): nothing was changed, up to entry \(verdict.position) of the chain."
                + " What was changed after that shows at the next check."
        }
    }

    private static func warnings(_ chain: AuditChainStatus, unreadable: [Int], now: Date) -> [String] {
        var warnings: [String] = []
        if let position = chain.unverifiedPosition {
            warnings.append(
                "The entries up to number \(position) of the chain could not be verified: whoever runs Portico began the "
                    + "chain anew behind them."
            )
        }
        if case .seen = chain, !chain.isRecent(at: now) {
            warnings.append("This log is checked every day, and has not been for days. Tell whoever runs Portico.")
        }
        if !unreadable.isEmpty {
            let numbers = unreadable.map { "\($0)" }.joined(separator: ", ")
            warnings.append(
                "Entries that cannot be read are left out here, with the numbers \(numbers). Portico did not write them, "
                    + "or a newer version of it. Tell whoever runs it."
            )
        }
        return warnings
    }

    private static func line(_ event: AuditEvent) -> Line {
        let detail = event.detail.sorted { $0.key < $1.key }
            .map { Fact(name: Self.words($0.key), value: PrintableText.escaped($0.value)) }
        return Line(
            time: ReadableDate.time(event.time),
            actor: event.actor.email?.value ?? Self.actors[event.actor.kind] ?? event.actor.kind,
            action: Self.words(event.action.rawValue),
            about: event.email.map(PrintableText.escaped),
            code: event.outcome.code?.rawValue,
            isRefused: event.outcome != .done,
            detail: detail,
            hasDetail: !detail.isEmpty
        )
    }

    private static let actors = [
        "operator": "Operator", "idp": "Identity provider", "system": "Portico", "setup": "Setup link",
    ]

    /// A name of the log as words: `saml_configured` is “Saml configured”, of which SAML and SP are no words.
    private static func words(_ name: String) -> String {
        let words = name.split(separator: "_")
            .map { ["saml", "sp", "id", "url"].contains($0) ? $0.uppercased() : String($0) }
        let text = words.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}
