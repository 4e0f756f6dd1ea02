/// The mail that takes an invited person to the workspace.
struct InvitationMessage: MailContent {
    let workspaceName: String
    let companyID: String
    let host: String
    let url: String
    /// When the link ends, for people to read.
    let end: String

    var subject: String { "You are invited to \(self.workspaceName)" }

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

    var html: String {
        MailPage(
            title: self.subject,
            heading: self.subject,
            paragraphs: [
                "Sign in at \(self.host) with your company account, the one of the address that this mail was sent to."
            ],
            button: ("Accept the invitation", self.url),
            companyID: self.companyID,
            note: "The link works until \(self.end), for you alone.",
            closing: "You did not expect this? Then do nothing: without you, nothing happens."
        )
        .html
    }
}
