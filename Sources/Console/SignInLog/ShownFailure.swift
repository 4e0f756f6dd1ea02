import GatewayHTTP
import Workspaces

/// The check that refused a sign-in and how to mend it, which stands above everything that passed.
struct ShownFailure {
    let title: String
    let wanted: String?
    let got: String?
    let remedy: String?

    /// Finds the check; `nil` where none refused.
    init?(_ checks: [SignInCheck], hint: AdministratorHint?) {
        guard let failed = checks.first(where: { $0.code != nil }) else { return nil }
        self.title = failed.name.title
        self.wanted = failed.wanted
        self.got = failed.got?.text
        self.remedy = failed.remedy(hint)
    }

    /// The check, for a page whose value has it as `failure`.
    static let template = """
        {{#failure}}<div class="notice bad failure">\(Icons.warning)<div>\(Self.facts)</div></div>{{/failure}}
        """

    /// What the notice of a failure says, where it is the value at hand.
    static let facts = """
        <p><strong>What failed: {{title}}.</strong></p>
        <dl class="facts-list">{{#wanted}}<div><dt>Wanted</dt><dd>{{.}}</dd></div>{{/wanted}}\
        {{#got}}<div><dt>Got</dt><dd>{{.}}</dd></div>{{/got}}\
        {{#remedy}}<div><dt>How to mend it</dt><dd>{{.}}</dd></div>{{/remedy}}</dl>
        """
}
