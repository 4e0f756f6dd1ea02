/// The page that asks before it ends the session.
enum SignOutTemplate {
    static let text = """
        {{<layout}}{{$title}}Sign out{{/title}}{{$content}}
        <h1>Sign out?</h1>
        <p class="lead">This ends your session in this browser. Work that the application has not saved may be lost.</p>
        <dl class="facts"><div><dt>Signed in now</dt><dd>{{email}} <code>{{companyID}}</code></dd></div></dl>
        <form method="post" action="{{action}}">
        <div class="actions">
        <button class="button" type="submit" autofocus>Sign out</button>
        <a class="button quiet" href="/">Stay signed in</a>
        </div>
        </form>
        {{/content}}{{/layout}}
        """
}
