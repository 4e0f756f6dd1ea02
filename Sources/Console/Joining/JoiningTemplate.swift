import GatewayHTTP

/// The page about who may join.
enum JoiningTemplate {
    static let text = """
        {{<layout}}{{$title}}Joining{{/title}}{{$content}}
        <header class="heading"><h1>Joining</h1></header>
        <p class="lead">Who becomes a member of {{frame.workspaceName}}, and as what. Their address is in one of its \
        <a href="{{domainsPath}}">domains</a>, unless they are guests.</p>
        {{#isSaved}}<p class="notice good" role="status">\(Icons.check)<span><strong>What you see is saved.</strong> It counts \
        from the next sign-in and the next invitation.</span></p>{{/isSaved}}
        {{#problemCount}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was saved.</strong> Look at what \
        is wrong; what you chose is still here.</span></p>{{/problemCount}}
        \(Conflict.template)
        <section class="card" aria-labelledby="at-present"><h2 id="at-present">At the next sign-in</h2>
        <p class="note">Of people who are no members yet. First comes their address: it is in a domain of the workspace, or they \
        are guests who may come in. And a seat is free.</p>
        <dl class="facts-list">{{#consequences}}<div><dt>{{who}}</dt><dd>{{what}}</dd></div>{{/consequences}}</dl></section>
        <form method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="seen.self_registration" value="{{seenRegistration}}">\
        <input type="hidden" name="seen.default_role" value="{{seenDefaultRole}}">\
        <input type="hidden" name="seen.guests" value="{{seenGuests}}">
        <section class="part" aria-labelledby="registration">
        <div class="part-side"><h2 id="registration">Registration</h2><p>For whoever is neither invited nor given a role by the \
        identity provider.</p></div>
        <div class="part-body card">
        {{#isClosedByInstallation}}<p class="note">The people who run this service let nobody register without an invitation, \
        whatever is chosen here.</p>{{/isClosedByInstallation}}
        {{#registration}}{{> field}}{{/registration}}
        {{#defaultRole}}{{> field}}{{/defaultRole}}
        {{#isManagedElsewhere}}<p class="note">Your identity provider alone manages roles here, so no other role can be chosen. An \
        invitation gives this one, too. <a href="{{membersPath}}#managing">Who manages roles</a></p>{{/isManagedElsewhere}}
        </div></section>
        <section class="part" aria-labelledby="from-elsewhere">
        <div class="part-side"><h2 id="from-elsewhere">From other domains</h2><p>You invite guests on the page \
        <a href="{{invitationsPath}}">Invitations</a>.</p></div>
        <div class="part-body card">
        {{#guests}}{{> field}}{{/guests}}
        <button class="button" type="submit">{{#conflict}}Save my version{{/conflict}}\
        {{^conflict}}Save who may join{{/conflict}}</button>
        </div></section>
        </form>
        {{/content}}{{/layout}}
        """
}
