import GatewayHTTP

/// The page of single sign-on, in the order of an administrator's work: what to give to the provider, what comes back
/// from it, and the rest.
enum SingleSignOnTemplate {
    static let text = """
        {{<layout}}{{$title}}Single sign-on{{/title}}{{$content}}
        <header class="heading">
        <h1>Single sign-on</h1>
        {{#isEnabled}}<p class="badge good">On</p>{{/isEnabled}}\
        {{^isEnabled}}{{#isConfigured}}<p class="badge warn">Off</p>{{/isConfigured}}\
        {{^isConfigured}}<p class="badge">Not set up yet</p>{{/isConfigured}}{{/isEnabled}}
        </header>
        <p class="lead">Connect the identity provider of {{frame.workspaceName}}. Keep this page open beside your \
        provider’s console.</p>
        \(Self.notices)
        \(MetadataNewsTemplate.whole)
        \(Self.switching)
        <section class="part" aria-labelledby="give">
        <div class="part-side"><h2 id="give"><span class="step">1</span> Give these to your provider</h2>
        <p>Create a SAML 2.0 application there and copy these values into it.</p>
        <p>Step by step, with these values filled in:</p>
        <ul class="guide-list">{{#guides}}<li><a href="{{path}}">{{title}}</a></li>{{/guides}}</ul></div>
        <div class="part-body card">
        {{#copied}}
        <div class="field copied">
        <label for="{{id}}">{{label}}</label>
        <div class="copy-row"><input id="{{id}}" type="text" readonly value="{{value}}" aria-describedby="{{id}}-help">\
        <button type="button" class="copy" data-copy="{{id}}" data-done="{{label}} copied" data-script hidden>\
        <span class="copy-idle">\(Icons.copy)Copy<span class="aloud"> the {{label}}</span></span>\
        <span class="copy-done">\(Icons.check)Copied</span></button></div>
        <p class="help" id="{{id}}-help">{{help}}</p>
        </div>
        {{/copied}}
        </div>
        </section>
        <form method="post" action="{{path}}" id="settings" class="settings">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="version" value="{{version}}">
        <input type="hidden" name="metadata_url" value="{{fields.metadataURL}}">
        <input type="hidden" name="attribute_preset_before" value="{{fields.presetBefore}}">
        <button type="submit" hidden>Save</button>
        \(Self.metadata)
        <section class="part" aria-labelledby="take">
        <div class="part-side"><h2 id="take"><span class="step">3</span> Values from your provider</h2>
        <p>Your provider shows them once the application is there, often under “Set up” or “View SAML instructions”.</p></div>
        <div class="part-body card">
        <dl class="plain"><div><dt>Company ID</dt><dd><code>{{companyID}}</code></dd></div></dl>
        <p class="help after">What people type to sign in.</p>
        {{#fields.provider}}{{> field}}{{/fields.provider}}
        \(Self.certificates)
        {{#fields.certificates}}{{> field}}{{/fields.certificates}}
        {{#fields.refresh}}{{> field}}{{/fields.refresh}}
        </div>
        </section>
        <section class="part" aria-labelledby="people">
        <div class="part-side"><h2 id="people"><span class="step">4</span> People and roles</h2>
        <p>Which attributes carry who the person is, and what they may do.</p></div>
        <div class="part-body card">
        {{#fields.preset}}{{> field}}{{/fields.preset}}
        <p class="fill-in" data-no-script><button class="button quiet" type="submit" formaction="{{presetPath}}">Fill in its \
        names</button></p>
        <details{{#fields.namesAreOpen}} open{{/fields.namesAreOpen}}><summary>The names one by one</summary>
        <div class="pair">{{#fields.names}}{{> field}}{{/fields.names}}</div></details>
        {{#fields.roles}}{{> field}}{{/fields.roles}}
        {{#rolesSeen}}<p class="note">Roles came first on {{.}}. From then on a response without them is refused; choose \
        another mode and this one again to begin anew.</p>{{/rolesSeen}}
        </div>
        </section>
        <section class="part" aria-labelledby="signing">
        <div class="part-side"><h2 id="signing"><span class="step">5</span> Signing and encryption</h2>
        <p>A response without a signature is never accepted.</p></div>
        <div class="part-body card">
        {{#fields.signing}}{{> field}}{{/fields.signing}}
        <details{{#fields.advancedIsOpen}} open{{/fields.advancedIsOpen}}><summary>More options</summary>
        {{#fields.advanced}}{{> field}}{{/fields.advanced}}
        <h3>Single logout</h3>
        {{#fields.logout}}{{> field}}{{/fields.logout}}
        </details>
        </div>
        </section>
        <div class="save">
        <p>{{#isConflict}}Saving replaces what the other person saved.{{/isConflict}}\
        {{^isConflict}}{{#isInUse}}Saving keeps a draft. It counts once you put it in force.{{/isInUse}}\
        {{^isInUse}}Nobody signs in by these settings before they are switched on.{{/isInUse}}{{/isConflict}}</p>
        <button class="button" type="submit">{{#isConflict}}Save my version{{/isConflict}}\
        {{^isConflict}}{{#isInUse}}Save as a draft{{/isInUse}}{{^isInUse}}Save{{/isInUse}}{{/isConflict}}</button>
        </div>
        </form>
        {{/content}}{{/layout}}
        """

    private static let notices = """
        {{#isSaved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Saved.</strong> \
        Test it before you switch it on.</span></p>{{/isSaved}}\
        {{#isDrafted}}<p class="notice good" role="status">\(Icons.check)<span><strong>The draft is saved.</strong> \
        It counts for nobody yet: test it, then put it in force.</span></p>{{/isDrafted}}\
        {{#isUndrafted}}<p class="notice good" role="status">\(Icons.check)<span><strong>There is no draft.</strong> \
        What you saved is what is in force.</span></p>{{/isUndrafted}}\
        {{#isInForce}}<p class="notice good" role="status">\(Icons.check)<span><strong>The draft is in force.</strong> \
        The next sign-in uses it.</span></p>{{/isInForce}}\
        {{#isDiscarded}}<p class="notice good" role="status">\(Icons.check)<span><strong>The draft is given up.</strong> \
        What is in force stays as it is.</span></p>{{/isDiscarded}}\
        {{#wasEnabled}}<p class="notice good" role="status">\(Icons.check)<span><strong>Single sign-on is on.</strong> \
        People sign in with the Company ID {{companyID}}.</span></p>{{/wasEnabled}}
        {{#wasApproved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Approved.</strong> \
        It counts from now on; the other administrators are told on the overview.</span></p>{{/wasApproved}}\
        {{#wasRejected}}<p class="notice good" role="status">\(Icons.check)<span><strong>Rejected.</strong> \
        The settings stay as they are, as long as the metadata says the same.</span></p>{{/wasRejected}}
        {{#problemCount}}<div class="notice bad" role="alert">\(Icons.warning)<div><p>{{#isStepRefused}}<strong>Nothing was \
        changed.</strong>{{/isStepRefused}}{{^isStepRefused}}<strong>Nothing was saved.</strong> \
        Look at what is wrong{{#keepsEverything}}; everything you typed is still here{{/keepsEverything}}.{{/isStepRefused}}</p><ul>\
        {{#problemLinks}}<li><a href="#{{id}}">{{label}}</a></li>{{/problemLinks}}\
        {{#otherProblems}}<li>{{.}}</li>{{/otherProblems}}</ul>\
        {{#freshSignInPath}}<p><a href="{{.}}">Sign in again</a></p>{{/freshSignInPath}}</div></div>{{/problemCount}}
        \(Overtaken.template)
        {{#isConflict}}<div class="notice warn" role="alert">\(Icons.warning)<div><p><strong>Somebody else saved these \
        settings while you were typing.</strong> Nothing of yours was saved yet. Compare, then save your version below, or \
        <a href="{{path}}">go on with theirs</a>.</p>\(Self.comparison)</div></div>{{/isConflict}}
        {{#isPreview}}<div class="notice good" role="status">\(Icons.check)<div><p><strong>The metadata was read.</strong> \
        Its values stand in the form below and are not saved yet: look them over, then save.</p>\(Self.comparison)\
        {{^hasDifferences}}<p>It says what is saved already.</p>{{/hasDifferences}}</div></div>{{/isPreview}}
        {{#filledPreset}}<p class="notice good" role="status">\(Icons.check)<span><strong>The names of the preset “{{.}}” stand \
        in the form</strong> and are not saved yet: look <a href="#people">them</a> over, then save.</span></p>{{/filledPreset}}
        """

    private static let comparison = """
        {{#hasDifferences}}<div class="scroll" tabindex="0" role="region" aria-label="What differs"><table class="differences">\
        <thead><tr><th scope="col">Setting</th><th scope="col">Saved now</th><th scope="col">In the form</th></tr></thead><tbody>\
        {{#differences}}<tr><th scope="row">{{name}}</th><td>{{old}}</td><td>{{new}}</td></tr>{{/differences}}</tbody></table></div>\
        {{/hasDifferences}}
        """

    private static let switching = """
        {{#draft}}
        <section class="card" aria-labelledby="draft"><h2 id="draft">A draft waits</h2>
        <p>Saved by {{savedBy}} on {{savedAt}}. The form below shows it. People sign in by what is in force.</p>
        <div class="scroll" tabindex="0" role="region" aria-label="What the draft changes"><table class="differences">\
        <thead><tr><th scope="col">Setting</th><th scope="col">In force</th><th scope="col">Draft</th></tr></thead><tbody>\
        {{#differences}}<tr><th scope="row">{{name}}</th><td>{{old}}</td><td>{{new}}</td></tr>{{/differences}}</tbody></table></div>
        </section>
        {{/draft}}
        {{#isConfigured}}
        <div class="switch card plainly">
        <div><h2>Test sign-in</h2>
        <p>Sign in at your provider once with {{#hasDraft}}the draft{{/hasDraft}}{{^hasDraft}}what is saved here{{/hasDraft}}. \
        Nobody gets in and nothing changes: you see every check, what came of you, and what to mend. \
        {{#passedAt}}<strong>Passed on {{.}}.</strong>{{/passedAt}}\
        {{^passedAt}}<strong>Not passed yet.</strong>{{/passedAt}}</p></div>
        <form method="post" action="{{testPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <button class="button{{#passedAt}} quiet{{/passedAt}}" type="submit">Test sign-in</button></form>
        </div>
        {{/isConfigured}}
        {{#isInUse}}{{#hasDraft}}
        <div class="switch card">
        <div><h2>Put the draft in force</h2>
        <p>From then on people sign in by it. Sessions end that rest on a certificate which it takes away.</p>\
        {{#testWords}}<p>{{.}}</p>{{/testWords}}</div>
        {{^testWords}}<form method="post" action="{{inForcePath}}">\(Self.confirmation)\
        <button class="button{{^passedAt}} quiet{{/passedAt}}" type="submit">Put in force</button></form>{{/testWords}}
        <form method="post" action="{{discardPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        {{#draft}}<input type="hidden" name="version" value="{{version}}">{{/draft}}\
        <button class="button quiet" type="submit">Give up the draft</button></form>
        </div>
        {{/hasDraft}}{{/isInUse}}
        {{^isEnabled}}{{#isConfigured}}
        <div class="switch card">
        <div><h2>Switch single sign-on on</h2>
        {{#needsDomain}}<p>First the workspace needs a domain of its own, so that only your addresses get in: \
        <a href="{{domainsPath}}">claim one</a>.</p>{{/needsDomain}}\
        {{^needsDomain}}<p>The settings are there. From now on people of your domains can sign in.</p>{{/needsDomain}}</div>
        {{#canEnable}}
        <form method="post" action="{{enablePath}}">\(Self.confirmation)\
        <button class="button{{^passedAt}} quiet{{/passedAt}}" type="submit">Switch on</button></form>
        {{/canEnable}}
        </div>
        {{/isConfigured}}{{/isEnabled}}
        {{#isConfigured}}<p><a class="onward" href="{{versionsPath}}">Versions: who saved what, and the way back</a></p>\
        {{/isConfigured}}
        """

    /// What a form carries that puts settings in force; without a test, the person has to say that they mean it.
    private static let confirmation = """
        <input type="hidden" name="csrf" value="{{frame.csrf}}"><input type="hidden" name="change" value="{{change}}">\
        {{^passedAt}}<p class="removal"><input type="checkbox" id="untested" name="untested" value="on">\
        <label for="untested">Go on without a test that passed</label></p>{{/passedAt}}
        """

    private static let metadata = """
        <section class="part" aria-labelledby="metadata">
        <div class="part-side"><h2 id="metadata"><span class="step">2</span> Read its metadata</h2>
        <p>The quick way: it fills in most of what follows. You can also type it yourself.</p></div>
        <div class="part-body card">
        {{#metadata.url}}{{> field}}{{/metadata.url}}
        <details{{#metadata.isOpen}} open{{/metadata.isOpen}}><summary>Or from a file</summary>
        {{#metadata.file}}{{> field}}{{/metadata.file}}
        {{#metadata.text}}{{> field}}{{/metadata.text}}
        </details>
        {{#metadata.entity}}{{> field}}{{/metadata.entity}}
        <button class="button quiet" type="submit" formaction="{{metadataPath}}" formenctype="multipart/form-data">Read the \
        metadata</button>
        </div>
        </section>
        """

    private static let certificates = """
        {{#certificates}}
        <div class="certificate{{#isRemoved}} removed{{/isRemoved}}">
        <p class="certificate-name"><strong>{{subject}}</strong> <span>{{key}}</span></p>
        <p class="certificate-time">{{#isGood}}<span class="badge good">{{remainder}}</span>{{/isGood}}\
        {{#endsSoon}}<span class="badge warn">{{remainder}}</span>{{/endsSoon}}\
        {{#isExpired}}<span class="badge bad">{{remainder}}</span>{{/isExpired}} <span>{{validity}}</span></p>
        <p class="fingerprint"><span>SHA-256</span> <code>{{fingerprint}}</code></p>
        <p class="removal"><input type="checkbox" id="{{id}}" name="{{removal}}" value="on"\
        {{#isRemoved}} checked{{/isRemoved}}><label for="{{id}}">Remove when I save; sessions opened under it end</label></p>
        </div>
        {{/certificates}}
        """
}
