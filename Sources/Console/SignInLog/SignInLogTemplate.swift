import GatewayHTTP

/// The sign-in log: a search by id, a part of the attempts, and every check of the one that is looked for.
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
        {{#show}}<form class="find card" method="get" action="{{path}}" aria-label="Which sign-ins are shown">
        {{> field}}
        <button class="button quiet" type="submit">Show</button>
        {{#isFiltered}}<a class="onward" href="{{path}}">Show all</a>{{/isFiltered}}
        </form>{{/show}}
        {{#isEmpty}}<p class="card quiet">{{#isSearch}}No sign-in of this workspace has the id {{asked}}. \
        One that led to no workspace is with whoever runs Portico.{{/isSearch}}\
        {{^isSearch}}{{#isFiltered}}There is nothing of this kind.{{/isFiltered}}\
        {{^isFiltered}}Nobody has tried to sign in yet.{{/isFiltered}}{{/isSearch}}</p>{{/isEmpty}}
        {{#isFound}}{{#attempts}}\(ShownAttempt.template){{/attempts}}{{/isFound}}
        {{^isFound}}{{^isEmpty}}
        <ul class="log">
        {{#attempts}}
        <li class="card"><div class="log-head">{{#isDone}}<span class="badge good">Signed in</span>{{/isDone}}\
        {{^isDone}}<span class="badge bad">Refused</span>{{/isDone}}<span class="log-time">{{time}}</span>\
        <a href="{{attemptPath}}"><code>{{id}}</code></a></div>
        {{#person}}<p class="address">{{.}}</p>{{/person}}
        {{#isDone}}{{#findings}}{{#role}}<p class="log-title">{{.}}</p>{{/role}}{{/findings}}{{/isDone}}\
        {{^isDone}}<p class="log-title"><strong>{{title}}</strong> <code>{{code}}</code></p>\
        {{#remedy}}<p class="log-remedy">{{.}}</p>{{/remedy}}{{/isDone}}</li>
        {{/attempts}}
        </ul>
        {{/isEmpty}}{{/isFound}}
        <p class="row">{{#newestPath}}<a class="onward" href="{{.}}">Newest</a>{{/newestPath}}\
        {{#newerPath}}<a class="onward" href="{{.}}">Newer sign-ins</a>{{/newerPath}}\
        {{#olderPath}}<a class="onward" href="{{.}}">Older sign-ins</a>{{/olderPath}}</p>
        <p class="soft">{{kept}}</p>
        {{/content}}{{/layout}}
        """
}
