import GatewayHTTP

/// One field of a form with its label, its help and what is wrong with it.
enum FieldTemplate {
    static let text = """
        <div class="field{{#isCheck}} check{{/isCheck}}">
        {{#isCheck}}
        <input type="checkbox" id="{{id}}" name="{{name}}" value="on"{{#isChecked}} checked{{/isChecked}}\
        {{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}\
        {{#isFocused}} autofocus{{/isFocused}}>
        {{/isCheck}}
        <label for="{{id}}">{{label}}</label>
        {{#type}}
        <input type="{{.}}" id="{{id}}" name="{{name}}" value="{{value}}" autocomplete="{{autocomplete}}" \
        autocapitalize="none" spellcheck="false"{{#attribute}} data-attribute="{{.}}"{{/attribute}}\
        {{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}\
        {{#isFocused}} autofocus{{/isFocused}}>
        {{/type}}
        {{#rows}}
        <textarea id="{{id}}" name="{{name}}" rows="{{.}}" autocomplete="off" autocapitalize="none" spellcheck="false"\
        {{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}\
        {{#isFocused}} autofocus{{/isFocused}}>
        {{value}}</textarea>
        {{/rows}}
        {{#accept}}
        <input type="file" id="{{id}}" name="{{name}}" accept="{{.}}"\
        {{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}\
        {{#isFocused}} autofocus{{/isFocused}}>
        {{/accept}}
        {{#isChoice}}
        <select id="{{id}}" name="{{name}}"{{#isPreset}} data-presets{{/isPreset}}\
        {{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}\
        {{#isFocused}} autofocus{{/isFocused}}>
        {{#options}}
        <option value="{{value}}"{{#isSelected}} selected{{/isSelected}}{{#names}} data-email="{{email}}" \
        data-display-name="{{displayName}}" data-first-name="{{firstName}}" data-last-name="{{lastName}}" \
        data-groups="{{groups}}" data-roles="{{roles}}"{{/names}}>{{label}}</option>
        {{/options}}
        </select>
        {{/isChoice}}
        {{#problem}}
        <p class="problem" id="{{id}}-problem">\(Icons.warning)<span>{{.}}</span></p>
        {{/problem}}
        {{#help}}
        <p class="help" id="{{id}}-help">{{.}}</p>
        {{/help}}
        </div>

        """
}
