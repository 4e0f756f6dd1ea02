import GatewayHTTP

/// The mail that takes an invited person to the workspace.
struct InvitationMessage {
    let workspaceName: String
    let companyID: String
    let host: String
    let url: String
    /// When the link ends, for people to read.
    let end: String

    /// The mail's subject.
    var subject: String { "You are invited to \(self.workspaceName)" }

    /// The mail in plain text.
    var text: String {
        """
        You are invited to \(self.workspaceName) at \(self.host).

        Open this link and sign in with your company account, the one of the address
        that this mail was sent to:

        \(self.url)

        Company ID: \(self.companyID)
        The link works until \(self.end), for you alone.

        You did not expect this? Then do nothing: without you, nothing happens.

        """
    }

    /// The mail as a page: one column, which needs neither pictures nor styles from elsewhere.
    var html: String {
        let name = HTMLText.escaped(self.workspaceName)
        let url = HTMLText.escaped(self.url)
        let host = HTMLText.escaped(self.host)
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <meta name="color-scheme" content="light dark"><title>\(HTMLText.escaped(self.subject))</title></head>
            <body style="margin: 0; padding: 2rem 1.25rem">
            <div style="max-width: 33rem; margin: 0 auto; font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif">
            <h1 style="margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25">You are invited to \(name)</h1>
            <p style="margin: 0 0 1.5rem">Sign in at \(host) with your company account, the one of the address that this \
            mail was sent to.</p>
            <p style="margin: 0 0 1.5rem"><a href="\(url)" style="display: inline-block; padding: .75rem 1.25rem; \
            border-radius: .5rem; background: #1d5a4f; color: #ffffff; font-weight: 600; text-decoration: none">Accept the \
            invitation</a></p>
            <p style="margin: 0 0 .5rem">Company ID: <strong>\(HTMLText.escaped(self.companyID))</strong></p>
            <p style="margin: 0 0 1.5rem">The link works until \(HTMLText.escaped(self.end)), for you alone.</p>
            <p style="margin: 0 0 .25rem; font-size: .875rem">If the button does nothing, open this address:</p>
            <p style="margin: 0 0 1.5rem; font-size: .875rem; overflow-wrap: anywhere">\(url)</p>
            <p style="margin: 0; font-size: .875rem">You did not expect this? Then do nothing: without you, nothing happens.</p>
            </div>
            </body></html>

            """
    }
}
