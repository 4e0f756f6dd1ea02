import GatewayHTTP

/// The page of a guide: numbered steps, the last two of which are the same for every provider.
enum GuideTemplate {
    static let text = """
        {{<layout}}{{$title}}{{provider}}, step by step{{/title}}{{$content}}
        <header class="heading"><h1>{{provider}}, step by step</h1></header>
        <p class="lead">Every value on this page is the one of {{frame.workspaceName}}: copy it as it stands. Keep the page open \
        beside the console of {{provider}}.</p>
        <nav class="guides" aria-label="Guides"><ul>
        {{#links}}<li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{title}}</a></li>
        {{/links}}
        </ul></nav>
        {{#requiresEncryption}}<p class="notice warn">\(Icons.lock)<span>This workspace refuses assertions that are not encrypted: \
        give {{provider}} the certificate for encryption, which is in the metadata at {{metadataURL}}.</span></p>\
        {{/requiresEncryption}}
        {{#preset}}<p class="notice plain">\(Icons.copy)<span>The names of attributes below are those that this workspace uses now. \
        To take the usual names of {{provider}} instead, <a href="{{presetPath}}">fill in the preset “{{presetTitle}}”</a>, save, \
        and come back: this page follows.</span></p>{{/preset}}
        <ol class="guide">
        {{#steps}}
        <li class="card">
        <h2><span class="step" aria-hidden="true">{{number}}</span> {{stepTitle}}</h2>
        {{#words}}<p>{{.}}</p>{{/words}}
        {{#placed}}
        <div class="field copied"><label for="{{id}}">{{field}}</label>
        <div class="copy-row"><input id="{{id}}" type="text" readonly value="{{value}}">\
        <button type="button" class="copy" data-copy="{{id}}" data-done="The value for {{field}} is copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the value for {{field}}</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div></div>
        {{/placed}}
        {{#tables}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}"><table class="guide-table"><thead><tr>\
        {{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead><tbody>
        {{#rows}}<tr>{{#cells}}<td><code>{{.}}</code></td>{{/cells}}</tr>
        {{/rows}}
        </tbody></table></div>
        {{/tables}}
        {{#texts}}
        <div class="field copied"><label for="{{id}}">{{label}}</label>
        <div class="copy-row"><textarea id="{{id}}" rows="{{lineCount}}" readonly spellcheck="false">
        {{text}}</textarea>\
        <button type="button" class="copy" data-copy="{{id}}" data-done="{{label}} copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the {{label}}</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div></div>
        {{/texts}}
        </li>
        {{/steps}}
        <li class="card">
        <h2><span class="step" aria-hidden="true">{{bringNumber}}</span> Bring its values here</h2>
        <p>Type them into the form of <a href="{{singleSignOnPath}}">single sign-on</a>. The metadata fills in the other three.</p>
        <dl class="places">
        {{#places}}<div><dt>{{wanted}}</dt><dd>{{place}}</dd></div>
        {{/places}}
        </dl>
        </li>
        <li class="card">
        <h2><span class="step" aria-hidden="true">{{testNumber}}</span> Test sign-in</h2>
        <p>Sign in at {{provider}} once. Nobody gets in and nothing changes: you see every check, which attributes came, and what to \
        mend.{{#usesRoles}} Give yourself a role first.{{/usesRoles}}</p>
        {{#isConfigured}}<form method="post" action="{{testPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <button class="button" type="submit">Test sign-in</button></form>{{/isConfigured}}
        {{^isConfigured}}<p>The button is on the page of <a href="{{singleSignOnPath}}">single sign-on</a> once its form is \
        saved.</p>{{/isConfigured}}
        </li>
        </ol>
        {{#usesRoles}}
        <section class="card" aria-labelledby="values"><h2 id="values">Values of the roles attribute</h2>
        <p>A person needs one of these, exactly so, and gets the highest of several. Values of other Company IDs may come along: they \
        are ignored.</p>
        <ul class="plain-list">{{#roleValues}}<li><code>{{.}}</code></li>{{/roleValues}}</ul>
        </section>
        {{/usesRoles}}
        <section class="card" aria-labelledby="traps"><h2 id="traps">When it does not work</h2>
        <ul class="traps">{{#traps}}<li>{{.}}</li>{{/traps}}</ul>
        </section>
        {{/content}}{{/layout}}
        """
}
