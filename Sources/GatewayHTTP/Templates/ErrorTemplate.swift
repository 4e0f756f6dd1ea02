/// The page of every error: what happened, what the person can do, and what to tell whoever helps.
enum ErrorTemplate {
    static let text = """
        {{<layout}}{{$title}}{{title}}{{/title}}{{$content}}
        {{#isProblem}}<div class="token bad">\(Icons.warning)</div>{{/isProblem}}\
        {{^isProblem}}<div class="token">\(Icons.check)</div>{{/isProblem}}
        <h1>{{title}}</h1>
        <p class="lead">{{advice}}</p>
        {{#nextStep}}<div class="actions"><a class="button" href="{{path}}">{{label}}</a></div>{{/nextStep}}
        <div class="reference">
        <p>If you ask for help, pass these on:</p>
        <dl><dt>Code</dt><dd><code>{{code}}</code></dd><dt>Request</dt><dd><code>{{requestID}}</code></dd></dl>
        </div>
        {{/content}}{{/layout}}
        """
}
