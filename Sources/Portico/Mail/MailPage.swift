import GatewayHTTP

/// A mail as a page: one column, which needs neither pictures nor styles from elsewhere.
struct MailPage {
    /// What the page is called.
    let title: String
    /// What it is about.
    let heading: String
    /// What comes before the button.
    let paragraphs: [String]
    /// What the button says, and where it leads.
    let button: (label: String, url: String)
    /// The Company ID of the workspace.
    let companyID: String
    /// What comes behind it.
    var note: String?
    /// Why the person gets this.
    let closing: String

    /// The page, in which no text is markup.
    var html: String {
        let url = HTMLText.escaped(self.button.url)
        let paragraphs = self.paragraphs.map { "<p style=\"margin: 0 0 1.5rem\">\(HTMLText.escaped($0))</p>\n" }
            .joined()
        let note = self.note.map { "<p style=\"margin: 0 0 1.5rem\">\(HTMLText.escaped($0))</p>\n" } ?? ""
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <meta name="color-scheme" content="light dark"><title>\(HTMLText.escaped(self.title))</title></head>
            <body style="margin: 0; padding: 2rem 1.25rem">
            <div style="max-width: 33rem; margin: 0 auto; font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; \
            overflow-wrap: anywhere">
            <h1 style="margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25">\(HTMLText.escaped(self.heading))</h1>
            \(paragraphs)\
            <p style="margin: 0 0 1.5rem"><a href="\(url)" style="display: inline-block; padding: .75rem 1.25rem; \
            border-radius: .5rem; background: #1d5a4f; color: #ffffff; font-weight: 600; text-decoration: none">\
            \(HTMLText.escaped(self.button.label))</a></p>
            <p style="margin: 0 0 .5rem">Company ID: <strong>\(HTMLText.escaped(self.companyID))</strong></p>
            \(note)\
            <p style="margin: 0 0 .25rem; font-size: .875rem">If the button does nothing, open this address:</p>
            <p style="margin: 0 0 1.5rem; font-size: .875rem">\(url)</p>
            <p style="margin: 0; font-size: .875rem">\(HTMLText.escaped(self.closing))</p>
            </div>
            </body></html>

            """
    }
}
