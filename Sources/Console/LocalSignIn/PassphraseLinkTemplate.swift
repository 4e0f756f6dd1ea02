/// The page on which a link's holder sets a passphrase.
enum PassphraseLinkTemplate {
    static let text = """
        {{<page}}{{$title}}Set your passphrase{{/title}}{{$content}}
        {{#isDone}}
        <h1>Your passphrase is set</h1>
        <p class="lead">Keep it where you find it when your identity provider does not work. This link sets no other \
        one.</p>
        <p class="actions"><a class="button" href="{{signInPath}}">Sign in with it</a></p>
        {{/isDone}}
        {{^isDone}}
        <h1>Set your passphrase for {{workspaceName}}</h1>
        <p class="lead">It signs you in without the identity provider of <strong>{{workspaceName}}</strong>. Setting it \
        here takes an older one away, and the authenticator app with it.</p>
        <dl class="facts">
        <div><dt>Company ID</dt><dd>{{companyID}}</dd></div>
        <div><dt>E-mail address</dt><dd>{{email}}</dd></div>
        </dl>
        <form method="post" action="{{action}}">
        <input type="hidden" name="username" value="{{email}}" autocomplete="username">
        {{#passphrase}}{{> field}}{{/passphrase}}
        {{#repetition}}{{> field}}{{/repetition}}
        <button class="button" type="submit">Set the passphrase</button>
        </form>
        {{/isDone}}
        {{/content}}{{/page}}
        """
}
