import GatewayHTTP

/// The page of a person.
enum MemberTemplate {
    static let text = """
        {{<layout}}{{$title}}{{email}} · Members{{/title}}{{$content}}
        <p class="back"><a href="{{listPath}}">Members</a></p>
        <header class="heading"><h1>{{name}}</h1>\
        <p class="badge{{#isActive}} good{{/isActive}}{{#isOut}} bad{{/isOut}}">{{standing}}</p>\
        {{#isOwner}}<p class="badge">Owner</p>{{/isOwner}}{{#isYou}}<p class="badge">You</p>{{/isYou}}</header>
        <p class="lead">{{email}}</p>
        {{#notice}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/notice}}
        {{#kept}}<div class="notice warn" role="status">\(Icons.lock)<div><p><strong>{{keptWords}}</strong> \
        {{#confirmation}}Confirm first who you are. {{words}}</p>\
        <p><a href="{{path}}">Confirm who you are</a>{{/confirmation}}\
        {{^asksToConfirm}}You have confirmed who you are: press “{{kept}}” below once more.{{/asksToConfirm}}</p>\
        \(KeptFormTemplate.giveUp("Leave it as it is"))</div></div>{{/kept}}
        \(Conflict.template)
        {{#refusal}}<div class="notice bad" role="alert">\(Icons.warning)<div><p><strong>Nothing was changed.</strong> {{.}}</p>\
        {{#refusalCode}}<p><code>{{.}}</code></p>{{/refusalCode}}</div></div>{{/refusal}}
        <section class="card" aria-label="What is known"><dl class="facts-list">\
        {{#facts}}<div><dt>{{label}}</dt><dd>{{words}}</dd></div>{{/facts}}</dl></section>
        {{#isOwner}}<p class="notice">\(Icons.warning)<span>The owner of the workspace stays an administrator: transfer the \
        ownership before you change anything here.</span></p>{{/isOwner}}
        {{^isOwner}}
        <section class="part" aria-labelledby="role-part">
        <div class="part-side"><h2 id="role-part">Role</h2></div>
        {{#isManagedElsewhere}}<div class="part-body card"><p>Managed by the identity provider. Change the roles or groups of \
        {{email}} there; the next sign-in brings them here.</p>\
        <p><a class="onward" href="{{listPath}}#managing">Who manages roles</a></p></div>{{/isManagedElsewhere}}
        {{#canChangeRole}}
        <form class="part-body card" method="post" action="{{path}}/role">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="seen.role" value="{{seenRole}}">
        {{#role}}{{> field}}{{/role}}
        {{#isYou}}<p class="note">This is you: with another role you cannot open these pages any more.</p>{{/isYou}}
        {{#asksToConfirm}}<p class="note">To make somebody an administrator, or an administrator something else, you are asked first to \
        confirm who you are.</p>\
        {{/asksToConfirm}}
        <button class="button" type="submit">{{#conflict}}Save my version{{/conflict}}\
        {{^conflict}}Change the role{{/conflict}}</button>
        </form>
        {{/canChangeRole}}
        </section>
        <section class="part" aria-labelledby="access-part">
        <div class="part-side"><h2 id="access-part">Access</h2></div>
        <div class="part-body card">
        {{#isYou}}<p class="note">This is you: all of these sign you out at once.</p>{{/isYou}}
        {{#asksToConfirm}}<p class="note">To deactivate or remove somebody you are asked first to confirm who you are.</p>\
        {{/asksToConfirm}}
        {{#isActive}}
        <form method="post" action="{{path}}/sign-out"><input type="hidden" name="csrf" value="{{frame.csrf}}">
        <p>Ends every session of the person, on every device. They can sign in again.</p>
        <p><button class="button quiet" type="submit">Sign out everywhere</button></p></form>
        {{/isActive}}
        {{#canReactivate}}
        <form method="post" action="{{path}}/reactivate"><input type="hidden" name="csrf" value="{{frame.csrf}}">
        <p>Lets the person in again; an active member takes a seat.</p>
        <p><button class="button" type="submit">Reactivate</button></p></form>
        {{/canReactivate}}
        {{#canDeactivate}}
        <form method="post" action="{{path}}/deactivate"><input type="hidden" name="csrf" value="{{frame.csrf}}">
        <p>Locks the person out until somebody reactivates them, whatever the identity provider says. Their sessions end at \
        once, and their seat is free.</p>
        <p><button class="button quiet" type="submit">Deactivate</button></p></form>
        {{/canDeactivate}}
        <details{{#keepsRemoval}} open{{/keepsRemoval}}><summary>Remove from the workspace</summary>
        <form method="post" action="{{path}}/remove"><input type="hidden" name="csrf" value="{{frame.csrf}}">
        <p>Removing deletes the membership and ends the sessions; the audit log stays. It is no ban: whoever the identity \
        provider still names is added again at the next sign-in. To keep somebody out, deactivate them.</p>
        <p><button class="button danger" type="submit">Remove {{email}}</button></p></form>
        </details>
        </div>
        </section>
        {{/isOwner}}
        {{/content}}{{/layout}}
        """
}
