import GatewayHTTP

/// The page of the audit log.
enum AuditLogTemplate {
    static let text = """
        {{<layout}}{{$title}}Audit log{{/title}}{{$content}}
        <header class="heading"><h1>Audit log</h1></header>
        <p class="lead">Everything that was done or refused in this workspace. Each entry is sealed \
        by a hash that follows from all before it, so that a change shows. {{chain}}</p>
        {{#notice}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/notice}}
        {{#defect}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Somebody other than Portico wrote in this \
        log.</strong> Found was: {{.}}. Tell whoever runs Portico; files that you have saved before show what has \
        changed.</span></p>{{/defect}}
        {{#warnings}}<p class="notice warn">\(Icons.warning)<span>{{.}}</span></p>{{/warnings}}
        <form class="row" method="post" action="{{checkPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <button class="button quiet" type="submit">Check now</button></form>
        <form class="filter card" method="get" action="{{path}}" role="search">
        <div class="pair">{{#action}}{{> field}}{{/action}}{{#email}}{{> field}}{{/email}}</div>
        <div class="pair">{{#from}}{{> field}}{{/from}}{{#until}}{{> field}}{{/until}}</div>
        {{#refused}}{{> field}}{{/refused}}
        <div class="row"><button class="button" type="submit">Show</button>\
        {{#isFiltered}}<a class="onward" href="{{path}}">Show all</a>{{/isFiltered}}\
        <span class="files">All of it as a file: <a href="{{csvPath}}">CSV</a> <a href="{{jsonPath}}">JSON</a></span></div>
        </form>
        {{#isEmpty}}<p class="card quiet">There is nothing of this kind.</p>{{/isEmpty}}
        {{^isEmpty}}
        <ol class="log">
        {{#lines}}
        <li class="card"><div class="log-head">{{#isRefused}}<span class="badge bad">Refused</span>{{/isRefused}}\
        <strong>{{action}}</strong><span class="log-time">{{time}}</span></div>
        <p class="log-title">{{actor}}{{#about}} · about {{.}}{{/about}}{{#code}} <code>{{.}}</code>{{/code}}</p>
        {{#hasDetail}}<details><summary>Details</summary><dl class="facts-list">\
        {{#detail}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/detail}}</dl></details>{{/hasDetail}}</li>
        {{/lines}}
        </ol>
        {{#olderPath}}<p><a class="onward" href="{{.}}">Older events</a></p>{{/olderPath}}
        {{/isEmpty}}
        {{/content}}{{/layout}}
        """
}
