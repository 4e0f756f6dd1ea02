import GatewayHTTP
import Storage
import Workspaces

/// What the log tells of a sign-in beside its checks.
struct ShownFindings {
    /// Values that gave nothing.
    struct Values {
        let listed: [String]
        /// Those that are not listed, in words.
        let others: String?
    }

    /// An answer's words about a failure: the identity provider's, or those of whoever began the sign-in, since a refusal
    /// for what an answer claims comes before its signatures.
    struct Report {
        let codes: [String]
        let message: String?
        /// Whether there is a message that this visitor is not shown.
        let isWithheld: Bool
    }

    let roleTitle: String
    let role: String?
    let roleValues: Values?
    let groups: Values?
    let mappingsPath: String
    let report: Report?

    /// Puts the findings together.
    ///
    /// - Returns: `nil` where there is nothing to tell.
    init?(_ attempt: SignInAttempt, visitor: SettingsVisitor, renderer: ConsoleRenderer) {
        let findings = attempt.findings
        guard findings != SignInFindings() else { return nil }
        self.roleTitle = attempt.code == nil ? "Role" : "Role that the response names"
        self.role = findings.role.map { role in
            findings.roleSource.map { "\(role), \(MemberWords.source($0))" } ?? role
        }
        self.roleValues = Self.values(findings.unmatchedRoles, others: findings.otherCompanies, "for other companies")
        self.groups = Self.values(findings.unmappedGroups)
        self.mappingsPath = ConsolePath.mappings.path(at: renderer.site)
        self.report =
            findings.statusCodes.isEmpty
            ? nil
            : Report(
                codes: findings.statusCodes,
                message: visitor.seesPeople ? findings.statusMessage : nil,
                isWithheld: !visitor.seesPeople && findings.statusMessage != nil
            )
    }

    private static func values(_ values: SignInFindings.Values, others: Int = 0, _ name: String = "") -> Values? {
        guard !values.isEmpty || others > 0 else { return nil }
        var words: [String] = []
        if values.others > 0 { words.append("\(values.others) more") }
        if others > 0 { words.append("\(others) \(name)") }
        let beginning = values.listed.isEmpty ? "" : "and "
        return Values(listed: values.listed, others: words.isEmpty ? nil : beginning + words.joined(separator: ", "))
    }

    /// The findings, for a page whose value has them as `findings`.
    static let template = """
        {{#findings}}
        {{#report}}<h3>What the answer says</h3>
        <p class="notice warn">\(Icons.warning)<span><strong>Nobody vouches for this answer.</strong> No signature on it was \
        checked: most identity providers sign no errors, and whoever begins a sign-in can send one. Compare it with your provider’s own log before you act on it.</span></p>
        {{#message}}<blockquote class="words">{{.}}</blockquote>{{/message}}\
        {{#isWithheld}}<p class="soft">Administrators are shown its words here; they may name the person.</p>{{/isWithheld}}
        <p>{{#codes}}<code>{{.}}</code> {{/codes}}</p>{{/report}}
        <dl class="facts-list">
        {{#role}}<div><dt>{{roleTitle}}</dt><dd>{{.}}</dd></div>{{/role}}
        {{#roleValues}}<div><dt>Role values that gave nothing</dt><dd>{{#listed}}<code>{{.}}</code> {{/listed}}\
        {{#others}}{{.}}{{/others}}</dd></div>{{/roleValues}}
        {{#groups}}<div><dt>Groups that are mapped to nothing</dt><dd>{{#listed}}<code>{{.}}</code> {{/listed}}\
        {{#others}}{{.}}{{/others}} <a href="{{mappingsPath}}">Map them</a></dd></div>{{/groups}}
        </dl>
        {{/findings}}
        """
}
