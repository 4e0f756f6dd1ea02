/// The page of whoever is no administrator any more by their own hand.
enum ClosedSettingsTemplate {
    static let text = """
        {{<page}}{{$title}}{{heading}}{{/title}}{{$content}}
        <h1>{{heading}}</h1>
        <p class="lead" role="status">{{words}}</p>
        <p class="actions"><a class="button" href="{{onwardPath}}">{{onward}}</a></p>
        {{/content}}{{/page}}
        """
}
