import GatewayHTTP

/// The page of mappings.
enum MappingsTemplate {
    static let text = """
        {{<layout}}{{$title}}Mappings{{/title}}{{$content}}
        <header class="heading"><h1>Mappings</h1></header>
        <p class="lead">What the groups of your identity provider give here. Names of groups count to the letter; members get what \
        is new at their next sign-in.</p>
        {{#wasSaved}}<p class="notice good" role="status">\(Icons.check)<span><strong>Saved.</strong> It counts from each \
        person’s next sign-in.</span></p>{{/wasSaved}}
        {{#hasProblems}}<div class="notice bad" role="alert">\(Icons.warning)<div><p><strong>Nothing was saved.</strong> \
        Look at what is wrong; everything you typed is still here.</p><ul>\
        {{#problemLinks}}<li><a href="#{{id}}">{{label}}</a></li>{{/problemLinks}}\
        {{#otherProblems}}<li>{{.}}</li>{{/otherProblems}}</ul></div></div>{{/hasProblems}}
        {{#isConflict}}<div class="notice warn" role="alert">\(Icons.warning)<div><p><strong>Somebody else saved the mappings \
        while you were typing.</strong> Nothing of yours was saved yet. Compare, then save your version below, or \
        <a href="{{path}}">go on with theirs</a>.</p>\
        {{#hasDifferences}}<div class="scroll" tabindex="0" role="region" aria-label="What differs"><table class="differences">\
        <thead><tr><th scope="col">List</th><th scope="col">Saved now, not in the form</th>\
        <th scope="col">In the form, not saved</th></tr></thead><tbody>{{#differences}}<tr><th scope="row">{{name}}</th>\
        <td>{{old}}</td><td>{{new}}</td></tr>{{/differences}}</tbody></table></div>{{/hasDifferences}}</div></div>{{/isConflict}}
        {{#isKept}}<div class="notice warn" role="status">\(Icons.lock)<div><p><strong>Nothing was saved yet.</strong> What you \
        typed is here. {{#confirmation}}Confirm first who you are. {{words}}</p>\
        <p><a href="{{path}}">Confirm who you are</a>{{/confirmation}}\
        {{^asksToConfirm}}You have confirmed who you are: save the mappings once more.{{/asksToConfirm}}</p>\
        \(KeptFormTemplate.giveUp("Go on with what is saved"))</div></div>{{/isKept}}
        {{^isEditable}}<p class="card">There are more mappings than a page can hold. Whoever runs Portico changes them with \
        <code>portico workspace apply</code>.</p>{{/isEditable}}
        {{#isEditable}}
        <form method="post" action="{{path}}" class="settings">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="version" value="{{version}}">
        {{#preview}}<section class="card" aria-label="{{heading}}"><h2>{{heading}}</h2><dl class="facts-list">\
        {{#facts}}<div><dt>{{label}}</dt><dd>{{words}}</dd></div>{{/facts}}</dl><p class="note">Nothing was written.</p>\
        </section>{{/preview}}
        {{#isOverruled}}<p class="notice warn" role="note">\(Icons.warning)<span><strong>No group gives a role of the workspace at \
        present.</strong> Your identity provider gives the roles here, in the roles attribute: as long as that decides, the lines \
        below that give one count for nobody. Spaces and projects count as ever.</span></p>{{/isOverruled}}
        {{#lists}}
        <section class="card mappings" aria-labelledby="{{id}}"><h2 id="{{id}}">{{title}}</h2><p class="soft">{{words}}</p>
        <ol class="mapping-lines">
        {{#lines}}
        <li>{{#cells}}<div class="field"><label for="{{id}}">{{label}}</label>\
        {{#isText}}<input type="text" id="{{id}}" name="{{name}}" value="{{value}}" autocomplete="off" autocapitalize="none" \
        spellcheck="false"{{#mistake}} aria-invalid="true" aria-describedby="{{id}}-problem"{{/mistake}}>{{/isText}}\
        {{#isChoice}}<select id="{{id}}" name="{{name}}"{{#mistake}} aria-invalid="true" aria-describedby="{{id}}-problem"\
        {{/mistake}}>{{#options}}<option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{label}}</option>\
        {{/options}}</select>{{/isChoice}}\
        {{#mistake}}<p class="problem" id="{{id}}-problem">\(Icons.warning)<span>{{.}}</span></p>{{/mistake}}</div>{{/cells}}\
        <p class="removal"><input type="checkbox" id="{{removeID}}" name="{{removeName}}" value="{{removeValue}}">\
        <label for="{{removeID}}">Remove<span class="aloud"> {{removeLabel}}</span></label></p></li>
        {{/lines}}
        </ol>
        </section>
        {{/lists}}
        <div class="save"><p>{{#asksToConfirm}}Where a new group gives the highest role, you are asked first to confirm who you \
        are. {{/asksToConfirm}}{{#isConflict}}Saving replaces what the other person saved.{{/isConflict}}\
        {{^isConflict}}Saving gives you more empty lines.{{/isConflict}}</p>
        <button class="button" type="submit">{{#isConflict}}Save my version{{/isConflict}}\
        {{^isConflict}}Save the mappings{{/isConflict}}</button></div>
        {{#seesPeople}}
        <section class="card ahead" aria-labelledby="ahead"><h2 id="ahead">Look ahead</h2>
        {{#previewEmail}}{{> field}}{{/previewEmail}}
        <button class="button quiet" type="submit" formaction="{{previewPath}}">What would this person get?</button>
        </section>
        {{/seesPeople}}
        </form>
        {{/isEditable}}
        {{/content}}{{/layout}}
        """
}
