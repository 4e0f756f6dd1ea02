import GatewayHTTP

/// What somebody else saved, beside what a person looked at and what they typed: they choose, and saving again means
/// their own.
struct Conflict {
    /// One setting of the form.
    struct Line {
        let name: String
        let seen: String
        let saved: String
        let typed: String

        init(_ name: String, seen: String, saved: String, typed: String) {
            self.name = name
            self.seen = seen.isEmpty ? "nothing" : seen
            self.saved = saved.isEmpty ? "nothing" : saved
            self.typed = typed.isEmpty ? "nothing" : typed
        }
    }

    let lines: [Line]

    /// Takes the settings of a form, of which those are shown that are not the same everywhere.
    init(_ lines: [Line]) {
        self.lines = lines.filter { $0.seen != $0.saved || $0.saved != $0.typed }
    }

    /// The notice, for a page whose value has it as `conflict` and its own path as `path`.
    static let template = """
        {{#conflict}}<div class="notice warn" role="alert">\(Icons.warning)<div><p><strong>Somebody else saved this while you \
        were looking.</strong> Nothing of yours was saved yet. Compare, then save your version below, or \
        <a href="{{path}}">go on with theirs</a>.</p>
        <div class="scroll" tabindex="0" role="region" aria-label="What differs"><table class="differences">\
        <thead><tr><th scope="col">Setting</th><th scope="col">You looked at</th><th scope="col">Saved now</th>\
        <th scope="col">In the form</th></tr></thead><tbody>{{#lines}}<tr><th scope="row">{{name}}</th><td>{{seen}}</td>\
        <td>{{saved}}</td><td>{{typed}}</td></tr>{{/lines}}</tbody></table></div></div></div>{{/conflict}}
        """
}
