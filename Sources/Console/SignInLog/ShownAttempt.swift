import GatewayHTTP
import Storage
import Workspaces

/// One sign-in as the log shows it.
struct ShownAttempt {
    let id: String
    let attemptPath: String
    let time: String
    let isDone: Bool
    let title: String
    let code: String?
    /// What an administrator is told to do about it, in the list.
    let remedy: String?
    let failure: ShownFailure?
    /// Whom a signed assertion names; `nil` for a visitor who sees no people, too.
    let person: String?
    /// Whether the audit log names nobody for a sign-in that was refused.
    let isNotKnown: Bool
    let checks: [ShownCheck]
    let hasChecks: Bool
    let findings: ShownFindings?

    /// Puts a sign-in together.
    ///
    /// - Parameters:
    ///   - attempt: What is kept of it.
    ///   - visit: Who looks, at which workspace.
    ///   - catalogue: The roles of the installation.
    ///   - renderer: What knows the paths.
    init(_ attempt: SignInAttempt, _ visit: SettingsVisit, catalogue: RoleCatalogue, renderer: ConsoleRenderer) {
        let path = ConsolePath.signInLog.path(at: renderer.site)
        self.id = attempt.requestID.value
        self.attemptPath = QueryText.link(path, [(name: "id", value: attempt.requestID.value)])
        self.time = ReadableDate.time(attempt.occurredAt)
        self.isDone = attempt.code == nil
        self.title = attempt.code?.title ?? "Signed in"
        self.code = attempt.code?.rawValue
        // Whoever sees people is an administrator, and can invite.
        let hint = visit.visitor.seesPeople ? nil : AdministratorHint(visit.configured, catalogue: catalogue)
        self.failure = ShownFailure(attempt.checks, hint: hint)
        self.remedy = self.failure?.remedy
        self.person = visit.visitor.seesPeople ? attempt.email : nil
        self.isNotKnown = visit.visitor.seesPeople && attempt.email == nil && attempt.code != nil
        self.checks = attempt.checks.map { ShownCheck($0) }
        self.hasChecks = !attempt.checks.isEmpty
        self.findings = ShownFindings(attempt, visitor: visit.visitor, renderer: renderer)
    }

    /// A sign-in with everything that is known of it, for a page whose value has it at hand.
    static let template = """
        <section class="card" aria-label="Sign-in {{id}}">
        <div class="log-head">{{#isDone}}<span class="badge good">Signed in</span>{{/isDone}}\
        {{^isDone}}<span class="badge bad">Refused</span>{{/isDone}}<span class="log-time">{{time}}</span>\
        <code>{{id}}</code></div>
        {{^isDone}}<h2>{{title}}</h2><p><code>{{code}}</code></p>{{/isDone}}
        \(ShownFailure.template)
        {{#person}}<dl class="facts-list"><div><dt>Person</dt><dd>{{.}}</dd></div></dl>{{/person}}\
        {{#isNotKnown}}<dl class="facts-list"><div><dt>Person</dt><dd>Not known.</dd></div></dl>{{/isNotKnown}}
        \(ShownFindings.template)
        {{#hasChecks}}<h3>What was checked</h3>
        \(ShownCheck.template){{/hasChecks}}
        </section>
        """
}
