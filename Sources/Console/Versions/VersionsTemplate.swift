/// The versions of the single sign-on settings, newest first.
enum VersionsTemplate {
    static let text = """
        {{<layout}}{{$title}}Versions{{/title}}{{$content}}
        <header class="heading"><h1>Versions of single sign-on</h1></header>
        <p class="lead">Every state that was saved, by whomever: here, at the command line, or from metadata. Restoring one \
        makes a draft of it, which counts for nobody before you put it in force.</p>
        <p><a class="onward" href="{{backPath}}">Back to single sign-on</a></p>
        \(Overtaken.template)
        {{#isEmpty}}<p class="card quiet">Nothing was saved yet.</p>{{/isEmpty}}
        <ul class="log">
        {{#versions}}
        <li class="card"><div class="log-head"><strong>Version {{number}}</strong>\
        {{#isInForce}}<span class="badge good">In force</span>{{/isInForce}}\
        {{#isDraft}}<span class="badge warn">Draft</span>{{/isDraft}}\
        {{#passedAt}}<span class="badge">Test passed {{.}}</span>{{/passedAt}}\
        <span class="log-time">Saved by {{savedBy}} on {{savedAt}}</span></div>
        {{#hasChanges}}<details><summary>What it changed<span class="aloud"> in version {{number}}</span></summary>
        <div class="scroll" tabindex="0" role="region" aria-label="What version {{number}} changed">\
        <table class="differences"><thead><tr><th scope="col">Setting</th><th scope="col">Before</th>\
        <th scope="col">Version {{number}}</th></tr></thead><tbody>{{#changes}}<tr><th scope="row">{{name}}</th>\
        <td>{{old}}</td><td>{{new}}</td></tr>{{/changes}}</tbody></table></div></details>{{/hasChanges}}
        {{#hasDifferences}}<details><summary>Compare with what is in force<span class="aloud">, version {{number}}</span>\
        </summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Version {{number}} beside what is in force">\
        <table class="differences"><thead><tr><th scope="col">Setting</th><th scope="col">In force</th>\
        <th scope="col">Version {{number}}</th></tr></thead><tbody>{{#differences}}<tr><th scope="row">{{name}}</th>\
        <td>{{old}}</td><td>{{new}}</td></tr>{{/differences}}</tbody></table></div></details>
        {{^isDraft}}<form method="post" action="{{path}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="version" value="{{version}}">\
        <input type="hidden" name="number" value="{{number}}"><button class="button quiet" type="submit">Restore as a draft\
        <span class="aloud"> version {{number}}</span></button></form>{{/isDraft}}{{/hasDifferences}}</li>
        {{/versions}}
        </ul>
        {{/content}}{{/layout}}
        """
}
