/// What surrounds every page: the arcade, the brand and the place that is signed in to.
///
/// The drawing is part of the page, so that the stylesheet colors it for light and dark; it holds no style of its own,
/// which the Content-Security-Policy would drop.
package enum LayoutTemplate {
    /// The template, which the pages of Portico inherit.
    package static let text = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{{$title}}Portico{{/title}} · {{host}}</title>
        <link rel="stylesheet" href="{{stylesheetPath}}">
        <link rel="icon" href="{{iconPath}}" type="image/svg+xml">
        {{$head}}{{/head}}
        </head>
        <body>
        <div class="frame">
        <div class="portal" aria-hidden="true">\(Self.arcade)</div>
        <div class="sheet">
        <header class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true"><path d="\(Mark.path)"/></svg>
        <span>Portico</span>
        <span class="site">{{host}}</span>
        </header>
        <main class="content">
        {{$content}}{{/content}}
        </main>
        </div>
        </div>
        </body>
        </html>

        """

    /// Six arches behind one another, each smaller than the last, and light in the door at the end.
    private static let arcade: String = {
        let scales = [1.32, 1.0, 0.76, 0.58, 0.445, 0.34]
        let arches = scales.enumerated()
            .map { depth, scale in
                "<path class=\"wall-\(depth)\" d=\"\(Self.arch(scale: scale))\"/>"
            }
        let ribs = scales.dropFirst().map { "<path d=\"\(Self.arch(scale: $0))\"/>" }
        let door = Self.arch(scale: 0.26)
        return """
            <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMid slice">\
            <defs><linearGradient id="door" x1="0" y1="0" x2="0" y2="1">\
            <stop class="door-high" offset="0"/><stop class="door-low" offset="1"/></linearGradient>\
            <linearGradient id="spill" x1="0" y1="0" x2="0" y2="1">\
            <stop class="spill-near" offset="0"/><stop class="spill-far" offset="1"/></linearGradient></defs>\
            <rect class="wall-0" width="600" height="900"/>\(arches.joined())\
            <g class="ribs">\(ribs.joined())</g>\
            <path fill="url(#door)" d="\(door)"/>\
            <path fill="url(#spill)" d="M232 608H368L560 900H40Z"/></svg>
            """
    }()

    /// An arch around the vanishing point at 300, 530, in whole pixels.
    private static func arch(scale: Double) -> String {
        let halfWidth = Int(262 * scale)
        let left = 300 - halfWidth
        let right = 300 + halfWidth
        let spring = Int(530 - 180 * scale)
        let floor = Int(530 + 300 * scale)
        return "M\(left) \(floor)V\(spring)A\(halfWidth) \(halfWidth) 0 0 1 \(right) \(spring)V\(floor)Z"
    }
}
