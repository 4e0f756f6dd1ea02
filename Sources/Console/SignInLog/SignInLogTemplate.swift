import GatewayHTTP

/// The sign-in log: a search by id, the newest attempts, and every check of the one that is looked for.
enum SignInLogTemplate {
    static let text = """
        {{<layout}}{{$title}}Sign-in log{{/title}}{{$content}}
        <header class="heading"><h1>Sign-in log</h1></header>
        <p class="lead">Why somebody could not sign in: ask them for the request id that their error page shows.</p>
        <form class="find card" method="get" action="{{path}}" role="search">
        <div class="field"><label for="id">Request id</label>
        <input type="text" id="id" name="id" value="{{asked}}" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
        <button class="button" type="submit">Find</button>
        {{#isSearch}}<a class="onward" href="{{path}}">Show all</a>{{/isSearch}}
        </form>
        {{#isEmpty}}<p class="card quiet">{{#isSearch}}No sign-in of this workspace has the id {{asked}}. Records are kept for two \
        weeks; one that led to no workspace is with whoever runs Portico.{{/isSearch}}\
        {{^isSearch}}Nobody has tried to sign in yet.{{/isSearch}}</p>{{/isEmpty}}
        {{#isFound}}{{#attempts}}\(Self.whole){{/attempts}}{{/isFound}}
        {{^isFound}}{{^isEmpty}}
        <ul class="log">
        {{#attempts}}
        <li class="card"><div class="log-head">{{#isDone}}<span class="badge good">Signed in</span>{{/isDone}}\
        {{^isDone}}<span class="badge bad">Refused</span>{{/isDone}}<span class="log-time">{{time}}</span>\
        <a href="{{path}}"><code>{{id}}</code></a></div>
        {{^isDone}}<p class="log-title"><strong>{{title}}</strong> <code>{{code}}</code></p>\
        {{#remedy}}<p class="log-remedy">{{.}}</p>{{/remedy}}{{/isDone}}</li>
        {{/attempts}}
        </ul>
        {{/isEmpty}}{{/isFound}}
        {{/content}}{{/layout}}
        """

    private static let whole = """
        <section class="card" aria-label="Sign-in {{id}}">
        <div class="log-head">{{#isDone}}<span class="badge good">Signed in</span>{{/isDone}}\
        {{^isDone}}<span class="badge bad">Refused</span>{{/isDone}}<span class="log-time">{{time}}</span>\
        <code>{{id}}</code></div>
        {{^isDone}}<h2>{{title}}</h2><p><code>{{code}}</code></p>\
        {{#remedy}}<p class="notice warn">\(Icons.warning)<span>{{.}}</span></p>{{/remedy}}{{/isDone}}
        {{#hasChecks}}<h3>What was checked</h3>
        \(ShownCheck.template){{/hasChecks}}
        </section>
        """
}
