import GatewayHTTP

/// The page of domains.
enum DomainsTemplate {
    static let text = """
        {{<layout}}{{$title}}Domains{{/title}}{{$content}}
        <header class="heading"><h1>Domains</h1></header>
        <p class="lead">People get in with an address in one of these domains. A record in its DNS shows that a domain is \
        yours; several workspaces may claim one.</p>
        {{#notice}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/notice}}
        {{#problemCount}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was claimed.</strong> Look at the \
        field below.</span></p>{{/problemCount}}
        {{#refusal}}<p class="notice bad" role="alert">\(Icons.warning)<span><strong>Nothing was given up.</strong> {{.}}</span></p>\
        {{/refusal}}
        <form class="find card" method="post" action="{{path}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#domain}}{{> field}}{{/domain}}
        <button class="button" type="submit">Claim the domain</button>
        </form>
        {{#isEmpty}}<p class="card quiet">No domain is claimed yet, so nobody can sign in.</p>{{/isEmpty}}
        {{#cards}}
        <section class="card" aria-labelledby="{{id}}">
        <div class="log-head"><h2 id="{{id}}">{{name}}</h2>\
        <span class="badge{{#isClaimed}} good{{/isClaimed}}{{#isWaiting}} warn{{/isWaiting}}{{#isFailed}} bad{{/isFailed}}">\
        {{state}}</span></div>
        <p>{{words}}</p>
        {{#trouble}}<p class="notice warn">\(Icons.warning)<span>At the last look: {{.}}.</span></p>{{/trouble}}
        {{#canVerify}}
        <div class="field copied"><label for="{{id}}-name">Name of the record, of type TXT</label>
        <div class="copy-row"><input id="{{id}}-name" type="text" readonly value="{{recordName}}">\
        <button type="button" class="copy" data-copy="{{id}}-name" data-done="The name of the record is copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the name of the record of {{name}}</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div></div>
        <div class="field copied"><label for="{{id}}-text">Text of the record</label>
        <div class="copy-row"><input id="{{id}}-text" type="text" readonly value="{{recordText}}">\
        <button type="button" class="copy" data-copy="{{id}}-text" data-done="The text of the record is copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the text of the record of {{name}}</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div></div>
        {{/canVerify}}
        {{#canVerify}}<form method="post" action="{{verifyPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="domain" value="{{name}}">\
        <button class="button quiet" type="submit">Look for it now<span class="aloud">: {{name}}</span></button></form>{{/canVerify}}
        {{#needsNewClaim}}<form method="post" action="{{path}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="domain" value="{{name}}">\
        <button class="button quiet" type="submit">Claim it again<span class="aloud">: {{name}}</span></button></form>{{/needsNewClaim}}
        <details><summary>Give {{name}} up</summary>
        {{#removalRefusal}}<p class="notice warn">\(Icons.warning)<span>{{.}}</span></p>{{/removalRefusal}}\
        <p>From then on nobody with an address in {{name}} can sign in, members neither. Who is signed in stays so until their \
        session ends.</p>
        {{#removalConfirmation}}<p>Confirm first who you are. {{words}}</p>
        <p><a href="{{path}}">Confirm who you are</a></p>{{/removalConfirmation}}\
        {{#canRemove}}<form method="post" action="{{removePath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="domain" value="{{name}}">
        <p><button class="button danger" type="submit">Give {{name}} up</button></p></form>{{/canRemove}}</details>
        </section>
        {{/cards}}
        {{/content}}{{/layout}}
        """
}
