/// The page of a setup link: what it opens, and the button that does.
enum SetupTemplate {
    static let text = """
        {{<page}}{{$title}}Set up single sign-on{{/title}}{{$content}}
        <h1>Set up single sign-on for {{workspaceName}}</h1>
        <p class="lead">This link opens the settings of the workspace <strong>{{workspaceName}}</strong> once, in this \
        browser, for {{hours}} hours.</p>
        <dl class="facts">
        <div><dt>Workspace</dt><dd>{{workspaceName}}</dd></div>
        <div><dt>Company ID</dt><dd>{{companyID}}</dd></div>
        </dl>
        <form class="actions" method="post" action="{{action}}">
        <button class="button" type="submit">Open the settings</button>
        </form>
        <p class="aside">Have the console of your identity provider at hand. What you do here is written into the \
        workspace’s audit log.</p>
        {{/content}}{{/page}}
        """
}
