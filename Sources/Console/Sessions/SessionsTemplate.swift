import GatewayHTTP

/// The list of sessions.
enum SessionsTemplate {
    static let text = """
        {{<layout}}{{$title}}Sessions{{/title}}{{$content}}
        <header class="heading"><h1>Sessions</h1></header>
        <p class="lead">Who is signed in to {{frame.workspaceName}} now, newest first.</p>
        {{#notice}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/notice}}
        {{#isGone}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was left to end.</strong> This session \
        is over: somebody else ended it while you were looking, or it had run out. Below is who is signed in now.</span></p>{{/isGone}}
        {{#problemCount}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was saved.</strong> Look at the \
        limits below; everything you typed is still there.</span></p>{{/problemCount}}
        \(Conflict.template)
        {{#isKept}}<div class="notice warn" role="status">\(Icons.lock)<div><p><strong>Nobody was signed out yet.</strong> \
        {{#confirmation}}Confirm first who you are. {{words}}</p>\
        <p><a href="{{path}}">Confirm who you are</a>{{/confirmation}}\
        {{^asksToConfirm}}You have confirmed who you are: press “Sign everybody out” below once more.{{/asksToConfirm}}</p>\
        \(KeptFormTemplate.giveUp("Sign nobody out"))</div></div>{{/isKept}}
        <form class="find card" method="get" action="{{path}}" role="search">
        {{#find}}{{> field}}{{/find}}
        <button class="button" type="submit">Show</button>
        {{#isFiltered}}<a class="onward" href="{{path}}">Show all</a>{{/isFiltered}}
        </form>
        {{#isEmpty}}<p class="card quiet">There is no session of this kind.</p>{{/isEmpty}}
        {{^isEmpty}}
        <ul class="people sessions card">
        {{#entries}}
        <li><div><p><a href="{{personPath}}">{{name}}</a>{{#isOwn}} <span class="badge">This session</span>{{/isOwn}}</p>\
        <p class="soft">{{email}}</p></div>
        <div><p class="soft">Since {{since}}</p><p class="soft">Last seen {{lastSeen}}</p>\
        <p class="soft">Ends {{expires}} unless it is used</p><p class="soft">By {{issuer}}</p></div>
        <form method="post" action="{{endPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <button class="button quiet" type="submit">{{#isOwn}}Sign yourself out{{/isOwn}}{{^isOwn}}Sign out{{/isOwn}}\
        <span class="aloud"> {{email}}, since {{since}}</span></button></form></li>
        {{/entries}}
        </ul>
        {{/isEmpty}}
        <p class="row">{{#firstPath}}<a class="onward" href="{{.}}">To the beginning</a>{{/firstPath}}\
        {{#nextPath}}<a class="onward" href="{{.}}">Older sessions</a>{{/nextPath}}</p>
        <section class="part" aria-labelledby="limits">
        <div class="part-side"><h2 id="limits">Limits</h2><p>How long a session lives. The identity provider may set an earlier \
        end.</p></div>
        <form class="part-body card" method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#seen}}<input type="hidden" name="seen.max_session_age" value="{{maxAge}}">\
        <input type="hidden" name="seen.max_time_between_activity" value="{{maxIdle}}">{{/seen}}
        {{#maxAge}}{{> field}}{{/maxAge}}{{#maxIdle}}{{> field}}{{/maxIdle}}
        <button class="button" type="submit">{{#conflict}}Save my version{{/conflict}}\
        {{^conflict}}Save the limits{{/conflict}}</button>
        </form>
        </section>
        <section class="part" aria-labelledby="everybody">
        <div class="part-side"><h2 id="everybody">Everybody</h2></div>
        <form class="part-body card" method="post" action="{{endAllPath}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <p>Signs everybody out at once and closes what they have open. They can sign in again; to keep somebody out, deactivate \
        them.</p>
        <div class="field check"><input type="checkbox" id="own" name="own" value="on"\
        {{#keepsOwn}} checked{{/keepsOwn}}><label for="own">Me too, here</label></div>
        {{#asksToConfirm}}<p class="note">You are asked first to confirm who you are.</p>{{/asksToConfirm}}
        <button class="button danger" type="submit">Sign everybody out</button>
        </form>
        </section>
        {{/content}}{{/layout}}
        """
}
