/// The pages that ask for the Company ID: sign-in and sign-up.
enum SignInTemplate {
    static let text = """
        {{<layout}}{{$title}}{{heading}}{{/title}}{{$content}}
        <h1>{{heading}}</h1>
        <p class="lead">{{lead}}</p>
        <form method="post" action="{{action}}">
        <div class="field">
        <label for="company-id">{{label}}</label>
        <input id="company-id" name="company_id" type="text" value="{{companyID}}" required autofocus \
        autocomplete="organization" autocapitalize="none" autocorrect="off" spellcheck="false" inputmode="text" \
        enterkeyhint="go" {{#problem}}aria-invalid="true" aria-describedby="company-id-problem company-id-help"{{/problem}}\
        {{^problem}}aria-describedby="company-id-help"{{/problem}}>
        {{#problem}}
        <p class="problem" id="company-id-problem" role="alert">\(Icons.warning)<span>{{.}}</span></p>
        {{/problem}}
        <p class="help" id="company-id-help">If you are unsure, check with your admin.</p>
        </div>
        <input type="hidden" name="rd" value="{{returnPath}}">
        {{#loginHint}}<input type="hidden" name="login_hint" value="{{.}}">
        {{/loginHint}}\
        <button class="button" type="submit">{{button}}</button>
        </form>
        <p class="aside">{{otherQuestion}} <a href="{{otherPath}}">{{otherHeading}}</a></p>
        <p class="assurance">\(Icons.lock)<span>Your password stays with your company’s identity provider. \
        Portico never asks for it.</span></p>
        {{#passphrasePath}}<p class="help">Your identity provider does not work? <a href="{{.}}">Sign in with a \
        passphrase</a>, if you have one.</p>{{/passphrasePath}}
        {{/content}}{{/layout}}
        """
}
