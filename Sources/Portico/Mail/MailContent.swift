/// What a mail says, whoever gets it: ``InvitationMessage`` and ``AlertMessage``.
protocol MailContent {
    /// The mail's subject.
    var subject: String { get }
    /// The mail in plain text.
    var text: String { get }
    /// The mail as a page.
    var html: String { get }
}
