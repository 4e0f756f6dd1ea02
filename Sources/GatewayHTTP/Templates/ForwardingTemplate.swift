/// The page that leads on by itself.
enum ForwardingTemplate {
    static let text = """
        {{<layout}}{{$title}}{{title}}{{/title}}\
        {{$head}}<meta http-equiv="refresh" content="0; url={{url}}">{{/head}}{{$content}}
        <h1>{{title}}</h1>
        <p class="lead">{{words}}</p>
        <div class="actions"><a class="button" href="{{url}}">{{link}}</a></div>
        {{/content}}{{/layout}}
        """
}
