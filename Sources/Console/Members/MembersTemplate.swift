import GatewayHTTP

/// The list of people.
enum MembersTemplate {
    static let text = """
        {{<layout}}{{$title}}Members{{/title}}{{$content}}
        <header class="heading"><h1>Members</h1></header>
        <p class="lead">Everybody in {{frame.workspaceName}}, by address. Open a person to see what they have and to change it. \
        Somebody new is invited on the page <a href="{{invitationsPath}}">Invitations</a>, where open ones stand too.</p>
        {{#wasRemoved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Removed.</strong> It is no ban: whoever \
        the identity provider still names is added again at the next sign-in.</span></p>{{/wasRemoved}}\
        {{#wasSaved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Saved.</strong> It counts from now \
        on.</span></p>{{/wasSaved}}
        {{#isGone}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>This person is no member.</strong> Somebody \
        removed them while you were looking, or the link is wrong. Nothing was changed; below is who is a member.</span></p>{{/isGone}}
        \(Conflict.template)
        {{#isKept}}<div class="notice warn" role="status">\(Icons.lock)<div><p><strong>Nothing was changed yet.</strong> Your \
        choice stands under “Who manages roles”. {{#confirmation}}Confirm first who you are. {{words}}</p>\
        <p><a href="{{path}}">Confirm who you are</a>{{/confirmation}}\
        {{^asksToConfirm}}You have confirmed who you are: press “Save who manages roles” below once more.{{/asksToConfirm}}</p>\
        \(KeptFormTemplate.giveUp("Leave it as it is"))</div></div>{{/isKept}}
        <form class="filter card" method="get" action="{{path}}" role="search">
        <div class="pair">{{#text}}{{> field}}{{/text}}{{#state}}{{> field}}{{/state}}{{#roleFilter}}{{> field}}{{/roleFilter}}</div>
        <div class="row"><button class="button" type="submit">Show</button>\
        {{#isFiltered}}<a class="onward" href="{{path}}">Show all</a>{{/isFiltered}}</div>
        </form>
        {{#isEmpty}}<p class="card quiet">{{#isFiltered}}Nobody is like this.{{/isFiltered}}\
        {{^isFiltered}}Nobody comes after this.{{/isFiltered}}</p>{{/isEmpty}}
        {{^isEmpty}}
        <ul class="people card">
        {{#entries}}
        <li><div class="who"><p><a href="{{personPath}}">{{name}}</a>{{#isOwner}} <span class="badge">Owner</span>{{/isOwner}}\
        {{#isYou}} <span class="badge">You</span>{{/isYou}}</p><p class="soft">{{email}}</p></div>
        <div><p>{{role}}</p><p class="soft">{{source}}</p></div>
        <div><p><span class="badge{{#isActive}} good{{/isActive}}{{#isOut}} bad{{/isOut}}">{{standing}}</span></p>\
        <p class="soft">Last sign-in: {{lastSignIn}}</p></div></li>
        {{/entries}}
        </ul>
        {{/isEmpty}}
        <p class="row">{{#firstPath}}<a class="onward" href="{{.}}">To the beginning</a>{{/firstPath}}\
        {{#nextPath}}<a class="onward" href="{{.}}">More people</a>{{/nextPath}}</p>
        <section class="part" aria-labelledby="managing">
        <div class="part-side"><h2 id="managing">Who manages roles</h2>\
        {{#isManagedElsewhere}}<p>At present the identity provider alone: change roles and groups there.</p>{{/isManagedElsewhere}}\
        {{^isManagedElsewhere}}<p>At present administrators too. What the identity provider says at a sign-in counts \
        last.</p>{{/isManagedElsewhere}}</div>
        <form class="part-body card" method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="seen.role_manager" value="{{seenManager}}">
        <input type="hidden" name="seen.last_admin" value="{{seenLastAdmin}}">
        {{#manager}}{{> field}}{{/manager}}{{#lastAdmin}}{{> field}}{{/lastAdmin}}
        {{#asksToConfirm}}<p class="note">To change this you are asked first to confirm who you are.</p>{{/asksToConfirm}}
        <button class="button quiet" type="submit">{{#conflict}}Save my version{{/conflict}}\
        {{^conflict}}Save who manages roles{{/conflict}}</button>
        </form>
        </section>
        {{/content}}{{/layout}}
        """
}
