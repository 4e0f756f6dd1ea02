import GatewayHTTP

/// What surrounds every page of the settings: navigation at the side, at the top of a narrow window.
enum ConsoleLayoutTemplate {
    static let text = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{{$title}}Settings{{/title}} · {{frame.companyID}} · {{frame.host}}</title>
        <link rel="stylesheet" href="{{frame.stylesheetPath}}">
        <link rel="stylesheet" href="{{frame.ownStylesheetPath}}">
        <link rel="icon" href="{{frame.iconPath}}" type="image/svg+xml">
        <script src="{{frame.scriptPath}}" defer></script>
        </head>
        <body class="console">
        <a class="skip" href="#main">Skip to the content</a>
        <div class="shell">
        <header class="side">
        <p class="side-brand"><svg viewBox="0 0 32 32" aria-hidden="true"><path d="\(Mark.path)"/></svg>\
        <span>Portico</span></p>
        <p class="side-workspace"><strong>{{frame.workspaceName}}</strong><span>{{frame.companyID}}</span></p>
        <nav class="side-nav" aria-label="Settings">
        <ul>
        {{#frame.items}}
        <li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>\
        <svg viewBox="0 0 24 24" aria-hidden="true"><path fill-rule="evenodd" d="{{icon}}"/></svg><span>{{title}}</span></a></li>
        {{/frame.items}}
        </ul>
        </nav>
        <div class="side-person">
        {{#frame.email}}
        <p><span>Signed in as</span><strong>{{.}}</strong></p>
        <p><a href="/">To the application</a></p>
        <p><a href="{{frame.signOutPath}}">Sign out</a></p>
        {{/frame.email}}
        {{#frame.visitEnd}}
        <p><span>Here by a setup link until</span><strong>{{.}}</strong></p>
        <form method="post" action="{{frame.leavePath}}">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <button class="side-leave" type="submit">Leave the settings</button>
        </form>
        {{/frame.visitEnd}}
        </div>
        </header>
        <main class="board" id="main" tabindex="-1">
        {{$content}}{{/content}}
        <p class="announcement" id="announcement" role="status"></p>
        </main>
        </div>
        </body>
        </html>

        """
}
