/// The page after the session has ended.
enum SignedOutTemplate {
    static let text = """
        {{<layout}}{{$title}}You are signed out{{/title}}{{$content}}
        <div class="token">\(Icons.check)</div>
        <h1>You are signed out</h1>
        {{#isEverywhere}}<p class="lead">Your identity provider has ended your session too.</p>{{/isEverywhere}}\
        {{^isEverywhere}}<p class="lead">Your identity provider may still know you. On a computer that others use, sign \
        out there too, or close the browser.</p>{{/isEverywhere}}
        <div class="actions"><a class="button" href="{{signInPath}}">Sign in again</a></div>
        {{/content}}{{/layout}}
        """
}
