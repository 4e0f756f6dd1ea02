import GatewayHTTP

/// The result of a test sign-in: how it went, who would have come in, what was received, and every check.
enum SignInTestTemplate {
    static let text = """
        {{<layout}}{{$title}}Test sign-in{{/title}}{{$content}}
        <header class="heading"><h1>Test sign-in</h1>
        {{#isPassed}}<p class="badge good">Passed</p>{{/isPassed}}{{#isRefused}}<p class="badge bad">Failed</p>{{/isRefused}}\
        {{#isWaiting}}<p class="badge">Waiting</p>{{/isWaiting}}</header>
        {{#isWaiting}}<p class="notice warn">\(Icons.warning)<span><strong>No answer of your provider has come yet.</strong> \
        If it showed you an error, what it says there is the reason: most often the SP sign-in URL or the SP issuer was not \
        copied to the letter, or you are not assigned to the application.</span></p>{{/isWaiting}}
        {{#isPassed}}<p class="notice good" role="status">\(Icons.check)<span><strong>This sign-in would have succeeded.\
        </strong> Nobody was signed in, and nothing was changed.</span></p>{{/isPassed}}
        {{#isRefused}}<div class="notice bad failure" role="alert">\(Icons.warning)<div><p><strong>{{title}}.</strong> \
        <code>{{code}}</code></p>
        {{#failure}}\(ShownFailure.facts){{/failure}}</div></div>{{/isRefused}}
        {{#isOutdated}}<p class="notice warn">\(Icons.warning)<span>The settings have changed since. This is about version \
        {{version}}; test again to be sure of them.</span></p>{{/isOutdated}}
        <div class="row card">
        <form method="post" action="{{testPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <button class="button{{#isPassed}} quiet{{/isPassed}}" type="submit">Test again</button></form>
        <a class="onward" href="{{path}}">Back to single sign-on</a>
        {{#time}}<span class="files">Version {{version}} on {{time}}</span>{{/time}}
        </div>
        {{#person}}
        <section class="card" aria-labelledby="person"><h2 id="person">Who would have come in</h2>
        <dl class="facts-list"><div><dt>Address</dt><dd>{{email}}</dd></div><div><dt>Name</dt><dd>{{displayName}}</dd></div>\
        <div><dt>Role</dt><dd>{{role}}</dd></div><div><dt>Membership</dt><dd>{{standing}}</dd></div></dl></section>
        {{/person}}
        {{#hasAttributes}}
        <section class="card" aria-labelledby="received"><h2 id="received">What your provider sent</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Attributes"><table><thead><tr><th scope="col">Attribute</th>\
        <th scope="col">Values</th></tr></thead><tbody>
        {{#attributes}}<tr><th scope="row"><code>{{name}}</code></th><td>{{values}}</td></tr>
        {{/attributes}}</tbody></table></div></section>
        {{/hasAttributes}}
        {{#hasChecks}}
        <section class="card" aria-labelledby="checked"><h2 id="checked">What was checked</h2>
        \(ShownCheck.template)
        </section>
        {{/hasChecks}}
        {{/content}}{{/layout}}
        """
}
