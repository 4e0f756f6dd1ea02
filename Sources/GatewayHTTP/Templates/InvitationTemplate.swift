/// The page of an invitation's link, where the person accepts it by signing in.
enum InvitationTemplate {
    static let text = """
        {{<layout}}{{$title}}You are invited to {{workspaceName}}{{/title}}{{$content}}
        <h1>You are invited to {{workspaceName}}</h1>
        <p class="lead">Sign in at your company’s identity provider with the address that this invitation was sent to. \
        It lets nobody else in.</p>
        <dl class="facts">
        <div><dt>Workspace</dt><dd>{{workspaceName}} <code>{{companyID}}</code></dd></div>
        {{#person}}<div><dt>Signed in now</dt><dd>{{email}} <code>{{companyID}}</code></dd></div>{{/person}}
        </dl>
        {{#person}}<p>Accepting ends the session that you have in this browser.</p>{{/person}}
        <form method="post" action="{{action}}">
        <button class="button" type="submit">Accept and sign in</button>
        </form>
        <p class="assurance">\(Icons.lock)<span>Your password stays with your company’s identity provider. \
        Portico never asks for it.</span></p>
        {{/content}}{{/layout}}
        """
}
