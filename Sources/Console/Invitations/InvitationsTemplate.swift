import GatewayHTTP

/// The page of invitations: the form, the link that was just made, and who has not come in yet.
enum InvitationsTemplate {
    static let text = """
        {{<layout}}{{$title}}Invitations{{/title}}{{$content}}
        <header class="heading"><h1>Invitations</h1></header>
        <p class="lead">{{lead}}</p>
        \(Self.notices)
        <section class="part" aria-labelledby="invite">
        <div class="part-side"><h2 id="invite">Invite somebody</h2>
        <p>{{#isMailing}}They get a mail with a link.{{/isMailing}}{{^isMailing}}You get a link to send.{{/isMailing}} It lets \
        in nobody but the person of the address.{{#isMailing}} A new link takes the place of the one before.{{/isMailing}}</p></div>
        <form class="part-body card" method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="seen.email" value="{{seenEmail}}"><input type="hidden" name="seen.role" value="{{seenRole}}">
        {{#email}}{{> field}}{{/email}}{{#role}}{{> field}}{{/role}}
        {{#roleProblem}}<p class="problem" id="role-problem">\(Icons.warning)<span>{{.}}</span></p>{{/roleProblem}}
        {{#role}}{{#asksToConfirm}}<p class="note">To invite an administrator you are asked first to confirm who you are.</p>\
        {{/asksToConfirm}}{{/role}}
        <button class="button" type="submit">Invite</button>
        </form>
        </section>
        <section aria-labelledby="pending">
        <h2 id="pending">Not come in yet</h2>
        {{#hasSearch}}
        <form class="find card" method="get" action="{{path}}" role="search">
        <div class="field"><label for="find">Address begins with</label>
        <input type="text" id="find" name="email" value="{{beginning}}" autocomplete="off" autocapitalize="none" spellcheck="false">\
        </div>
        <button class="button" type="submit">Find</button>
        {{#isSearch}}<a class="onward" href="{{path}}">Show all</a>{{/isSearch}}
        </form>
        {{/hasSearch}}
        {{#isEmpty}}<p class="card quiet">{{#isSearch}}No open invitation begins with {{beginning}}.{{/isSearch}}\
        {{^isSearch}}There is no open invitation.{{/isSearch}}</p>{{/isEmpty}}
        {{^isEmpty}}
        <ul class="log">
        {{#invitations}}
        <li class="card"><div class="log-head"><strong class="address">{{email}}</strong>{{#roleName}}<span class="badge">{{.}}</span>{{/roleName}}\
        {{#invitedAt}}<span class="log-time">Invited {{.}}</span>{{/invitedAt}}</div>
        {{#mail}}<p><span class="badge {{tone}}">{{standing}}</span> {{words}}</p>{{/mail}}
        {{^hasNoLink}}<p>{{#linkUntil}}The link works until {{.}}.{{/linkUntil}}\
        {{^linkUntil}}{{#isExpired}}The link has expired; the invitation holds.{{/isExpired}}{{^isExpired}}\
        There is no link; the person can sign in with the Company ID.{{/isExpired}}{{/linkUntil}}</p>{{/hasNoLink}}
        <div class="row">
        {{#isMailing}}<form method="post" action="{{path}}/mail">\
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="email" value="{{email}}">\
        <button class="button quiet" type="submit">Mail again<span class="aloud"> to {{email}}</span></button></form>{{/isMailing}}
        <form method="post" action="{{path}}/renew"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="email" value="{{email}}">\
        <button class="button{{^needsLink}} quiet{{/needsLink}}" type="submit">{{#isMailing}}Show a new link{{/isMailing}}\
        {{^isMailing}}New link{{/isMailing}}<span class="aloud"> for {{email}}</span></button></form>
        {{#canWithdraw}}<form method="post" action="{{path}}/withdraw">\
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="email" value="{{email}}">\
        <button class="button quiet" type="submit">Withdraw<span class="aloud"> the invitation of {{email}}</span></button>\
        </form>{{/canWithdraw}}
        </div></li>
        {{/invitations}}
        </ul>
        {{/isEmpty}}
        </section>
        {{/content}}{{/layout}}
        """

    private static let notices = """
        {{#link}}<div class="notice good" role="status">\(Icons.check)<div><p><strong>{{email}} is invited.</strong> \
        Send this link; it is shown this once, and works until {{expiresAt}}.</p>
        <div class="field copied"><label for="link">Link for {{email}}</label>
        <div class="copy-row"><input id="link" type="text" readonly value="{{url}}">\
        <button type="button" class="copy" data-copy="link" data-done="Link copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the link</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div></div></div></div>{{/link}}
        {{#isMailed}}<p class="notice good" role="status">\(Icons.check)<span><strong>The mail is on its way.</strong> \
        Below stands what became of it; load the page again in a moment.</span></p>{{/isMailed}}
        {{#isWithdrawn}}<p class="notice good" role="status">\(Icons.check)<span><strong>Withdrawn.</strong> \
        The link opens nothing any more.</span></p>{{/isWithdrawn}}
        {{#isKept}}<div class="notice warn" role="status">\(Icons.lock)<div><p><strong>Nobody was invited yet.</strong> What you \
        typed is here. {{#confirmation}}Confirm first who you are. {{words}}</p>\
        <p><a href="{{path}}">Confirm who you are</a>{{/confirmation}}\
        {{^asksToConfirm}}You have confirmed who you are: press “Invite” once more.{{/asksToConfirm}}</p>\
        \(KeptFormTemplate.giveUp("Invite nobody"))</div></div>{{/isKept}}
        {{#other}}<div class="notice warn" role="alert">\(Icons.warning)<div><p><strong>{{email}} is invited already, as \
        {{role}}{{#invitedAt}}, since {{.}}{{/invitedAt}}.</strong> Nothing was changed yet. To invite them as {{wanted}} instead, \
        press “Invite” once more: the link that was sent opens nothing then, and they need the new one.</p>\
        \(KeptFormTemplate.giveUp("Leave it as it is"))</div></div>{{/other}}
        {{#refusal}}<p class="notice bad" role="alert">\(Icons.warning)<span>{{.}}</span></p>{{/refusal}}
        {{#hasProblems}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nobody was invited.</strong> \
        Look at what is wrong; what you typed is still here.</span></p>{{/hasProblems}}
        """
}
