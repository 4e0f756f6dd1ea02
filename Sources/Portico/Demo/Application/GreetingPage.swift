import GatewayHTTP

/// The page of the sample application: a greeting, and everything that it received.
struct GreetingPage {
    let request: ReceivedRequest

    /// Where a person signs out of Portico.
    let signOutURL: String

    /// Where a person signs out of the identity provider as well.
    let identityProviderSignOutURL: String

    /// The whole page.
    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Sample application</title>
        <link rel="stylesheet" href="\(GreetingApplication.stylesheetPath)">
        <link rel="icon" href="data:,">
        </head>
        <body>
        <header class="bar">
        <span class="name">Sample application</span>
        \(self.session)
        </header>
        <main>
        \(self.greeting)
        \(self.identity)
        <details>
        <summary>The rest of the request: \(HTMLText.escaped(self.request.others.count.description)) headers</summary>
        \(Self.table(self.request.others))
        </details>
        </main>
        <footer>
        <a href="\(HTMLText.escaped(self.signOutURL))">Sign out</a>
        <a href="\(HTMLText.escaped(self.identityProviderSignOutURL))">Sign out of the identity provider</a>
        </footer>
        </body>
        </html>

        """
    }

    private var session: String {
        guard self.request.displayName != nil else { return "" }
        return "<a class=\"button\" href=\"\(HTMLText.escaped(self.signOutURL))\">Sign out</a>"
    }

    private var greeting: String {
        guard let name = self.request.displayName else {
            return """
                <h1>Hello, whoever you are</h1>
                <p class="lead">This request did not come through Portico, so nobody vouches for anybody.</p>
                """
        }
        return """
            <h1>Hello, <span id="display-name">\(HTMLText.escaped(name))</span></h1>
            <p class="lead">Portico says that you belong to
            <strong id="company">\(HTMLText.escaped(self.request.companyID ?? "no workspace"))</strong> as
            <strong class="role" id="role">\(HTMLText.escaped(self.request.role ?? "nobody"))</strong>.
            You asked for <code id="target">\(HTMLText.escaped(self.request.target))</code>.</p>
            """
    }

    private var identity: String {
        guard !self.request.identity.isEmpty else { return "" }
        return """
            <h2>What Portico told this application</h2>
            <p class="note">Whatever a browser sends under these names is removed first.</p>
            \(Self.table(self.request.identity))
            """
    }

    private static func table(_ headers: [ReceivedRequest.Header]) -> String {
        let rows = headers.map { header in
            let meaning = header.meaning.map { "<span class=\"meaning\">\(HTMLText.escaped($0))</span>" } ?? ""
            return """
                <div><dt><code>\(HTMLText.escaped(header.name))</code>\(meaning)</dt>\
                <dd data-header="\(HTMLText.escaped(header.name.lowercased()))">\(HTMLText.escaped(header.value))</dd></div>
                """
        }
        return "<dl class=\"headers\">\n\(rows.joined(separator: "\n"))\n</dl>"
    }
}
