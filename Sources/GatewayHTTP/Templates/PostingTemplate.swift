/// The page whose form submits itself; the script stands alone, because the policy names it by its digest.
enum PostingTemplate {
    static let text = """
        {{<layout}}{{$title}}{{title}}{{/title}}{{$content}}
        <h1>{{title}}</h1>
        <p class="lead">Your organization's identity provider takes over here. If nothing happens, go on by yourself.</p>
        <form method="post" action="{{action}}">
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}
        <div class="actions">
        <button class="button" type="submit" autofocus>Continue</button>
        </div>
        </form>
        <script>\(PostingPage.script)</script>
        {{/content}}{{/layout}}
        """
}
