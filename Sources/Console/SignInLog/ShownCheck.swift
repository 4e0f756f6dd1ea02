import GatewayHTTP
import Workspaces

/// One line of what was checked of a sign-in, as pages show it.
struct ShownCheck {
    let title: String
    let isPassed: Bool
    let isFailed: Bool
    let wanted: String?
    let got: String?
    let reason: String?

    init(_ check: SignInCheck) {
        self.title = check.name.title
        self.isPassed = check.outcome == .passed
        self.isFailed = check.code != nil
        self.wanted = check.wanted
        self.got = check.got?.text
        self.reason = check.outcome.reason
    }

    /// The list of checks, for a page whose value has them as `checks`.
    static let template = """
        <ol class="checks">
        {{#checks}}
        <li class="{{#isPassed}}passed{{/isPassed}}{{#isFailed}}failed{{/isFailed}}">
        <span class="tick">{{#isPassed}}\(Icons.check)<span class="aloud">Passed:</span>{{/isPassed}}\
        {{#isFailed}}\(Icons.warning)<span class="aloud">Failed:</span>{{/isFailed}}</span>
        <div><p class="check-title">{{title}}</p>
        {{#reason}}<p class="check-reason">Not checked: {{.}}</p>{{/reason}}
        <dl>{{#wanted}}<div><dt>Wanted</dt><dd>{{.}}</dd></div>{{/wanted}}\
        {{#got}}<div><dt>Got</dt><dd>{{.}}</dd></div>{{/got}}</dl></div></li>
        {{/checks}}
        </ol>
        """
}
