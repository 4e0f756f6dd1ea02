/// The page that names the workspace before a sign-in that the person may not have asked for (rulings 11).
enum ContinueTemplate {
    static let text = """
        {{<layout}}{{$title}}Continue to {{workspaceName}}?{{/title}}{{$content}}
        <h1>Continue to {{workspaceName}}?</h1>
        {{#otherSession}}
        <p class="lead">You are signed in to another workspace. Signing in to <strong>{{workspaceName}}</strong> \
        ends that session in this browser.</p>
        {{/otherSession}}{{^otherSession}}
        <p class="lead">A link on another site wants to sign you in to <strong>{{workspaceName}}</strong>. \
        Go on only if this is what you want.</p>
        {{/otherSession}}
        <dl class="facts">
        <div><dt>Sign in to</dt><dd>{{workspaceName}} <code>{{companyID}}</code></dd></div>
        {{#otherSession}}<div><dt>Signed in now</dt><dd>{{email}} <code>{{companyID}}</code></dd></div>{{/otherSession}}
        </dl>
        <form method="post" action="{{action}}">
        <input type="hidden" name="company_id" value="{{companyID}}">
        <input type="hidden" name="rd" value="{{returnPath}}">
        {{#loginHint}}<input type="hidden" name="login_hint" value="{{.}}">
        {{/loginHint}}\
        <input type="hidden" name="confirmed" value="{{companyID}}">
        <div class="actions">
        <button class="button" type="submit">Continue</button>
        <a class="button quiet" href="/">{{cancel}}</a>
        </div>
        </form>
        {{/content}}{{/layout}}
        """
}
