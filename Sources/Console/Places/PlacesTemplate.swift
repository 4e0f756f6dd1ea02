import GatewayHTTP

/// The lists of spaces and projects.
enum PlacesTemplate {
    static let text = """
        {{<layout}}{{$title}}Spaces and projects{{/title}}{{$content}}
        <header class="heading"><h1>Spaces and projects</h1></header>
        <p class="lead">What people are put into, by hand here or by the groups on the page \
        <a href="{{mappingsPath}}">Mappings</a>. Open one to see who is in it.</p>
        {{#wasRemoved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Removed.</strong></span></p>{{/wasRemoved}}
        {{#hasProblems}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was added.</strong> Look at what is \
        wrong; what you typed is still here.</span></p>{{/hasProblems}}
        {{#lists}}
        <section aria-labelledby="{{kind}}s"><h2 id="{{kind}}s">{{heading}}</h2><p class="soft">{{words}}</p>
        {{#isEmpty}}<p class="card quiet">There is none here.</p>{{/isEmpty}}
        {{^isEmpty}}
        <ul class="people card">
        {{#entries}}
        <li><div class="who"><p><a href="{{pagePath}}">{{name}}</a></p></div><p class="soft">{{id}}</p><p class="soft">{{counts}}</p></li>
        {{/entries}}
        </ul>
        {{/isEmpty}}
        {{#nextPath}}<p class="row"><a class="onward" href="{{.}}">More</a></p>{{/nextPath}}
        {{#isManagedElsewhere}}<p class="card">Managed by the identity provider: a group on the page Mappings makes a space, and \
        nobody adds one here.</p>{{/isManagedElsewhere}}
        {{^isManagedElsewhere}}
        <form class="card" method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="kind" value="{{kind}}">
        <div class="pair">{{#newID}}{{> field}}{{/newID}}{{#newTitle}}{{> field}}{{/newTitle}}</div>
        <button class="button" type="submit">{{button}}</button>
        </form>
        {{/isManagedElsewhere}}
        </section>
        {{/lists}}
        {{/content}}{{/layout}}
        """
}
