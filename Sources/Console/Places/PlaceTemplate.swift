import GatewayHTTP

/// The page of a space or a project.
enum PlaceTemplate {
    static let text = """
        {{<layout}}{{$title}}{{name}} · {{heading}}{{/title}}{{$content}}
        <p class="back"><a href="{{listPath}}">Spaces and projects</a></p>
        <header class="heading"><h1>{{name}}</h1></header>
        <p class="lead">The {{kind}} <code>{{id}}</code>: {{counts}}.</p>
        {{#done}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/done}}
        {{#refusal}}<div class="notice bad" role="alert">\(Icons.warning)<div><p><strong>Nothing was changed.</strong> {{.}}</p>\
        {{#refusalCode}}<p><code>{{.}}</code></p>{{/refusalCode}}</div></div>{{/refusal}}
        {{#hasProblems}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was changed.</strong> Look at the \
        field below; what you typed is still here.</span></p>{{/hasProblems}}
        <section aria-labelledby="members"><h2 id="members">Members</h2>
        {{#groups}}<p class="soft">Opened by the groups {{.}}.</p>{{/groups}}
        {{#isEmpty}}<p class="card quiet">Nobody is in it.</p>{{/isEmpty}}
        {{^isEmpty}}
        <ul class="people card">
        {{#members}}
        <li><div class="who"><p><a href="{{personPath}}">{{name}}</a></p><p class="soft">{{email}}</p></div>
        <div>{{#role}}<p>{{.}}</p>{{/role}}<p class="soft">{{source}}{{#standing}} · {{.}}{{/standing}}</p></div>
        {{#canWithdraw}}<form method="post" action="{{path}}/withdraw"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="id" value="{{id}}"><input type="hidden" name="email" value="{{email}}">\
        <button class="button quiet" type="submit">Take out<span class="aloud"> {{email}}</span></button></form>{{/canWithdraw}}\
        </li>
        {{/members}}
        </ul>
        {{/isEmpty}}
        <p class="row">{{#firstPath}}<a class="onward" href="{{.}}">To the beginning</a>{{/firstPath}}\
        {{#nextPath}}<a class="onward" href="{{.}}">More people</a>{{/nextPath}}</p>
        {{#isManagedElsewhere}}<p class="card">Managed by the identity provider: who is in here comes from groups alone. Change a \
        person’s groups there; the next sign-in brings them here.</p>{{/isManagedElsewhere}}
        {{^isManagedElsewhere}}
        <form class="card" method="post" action="{{path}}/assign">
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="id" value="{{id}}">
        <div class="pair">{{#email}}{{> field}}{{/email}}{{#role}}{{> field}}{{/role}}</div>
        <button class="button" type="submit">Put in</button>
        </form>
        {{/isManagedElsewhere}}
        </section>
        <section aria-labelledby="name-part"><h2 id="name-part">Title</h2>
        <form class="card" method="post" action="{{path}}/title">
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="id" value="{{id}}">
        <input type="hidden" name="shown" value="{{shown}}">
        {{#title}}{{> field}}{{/title}}
        <button class="button quiet" type="submit">Save the title</button>
        </form>
        {{#canRemove}}
        <form class="card" method="post" action="{{path}}/remove">
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="id" value="{{id}}">
        <p>Nobody is in it and no group opens it, so it can be removed.</p>
        <button class="button quiet" type="submit">Remove the {{kind}}</button>
        </form>
        {{/canRemove}}
        </section>
        {{/content}}{{/layout}}
        """
}
