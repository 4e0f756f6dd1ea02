import Workspaces

/// What the page says about the mail of an invitation.
struct InvitationMailWords {
    /// How it stands, in a word or two.
    let standing: String
    /// The class of the badge.
    let tone: String
    /// What that means, and who must do what.
    let words: String

    init(_ status: InvitationMailStatus, delivery: InvitationDelivery) {
        switch (status, delivery) {
        case (.waiting, .link):
            self.standing = "Not mailed"
            self.tone = "bad"
            self.words =
                "The person has no link. There is no mail server any more: press “New link” and send it yourself."
        case (.waiting(nil), .mail):
            self.standing = "Waiting"
            self.tone = ""
            self.words = "The mail goes out in a moment."
        case (.waiting(let problem?), .mail):
            self.standing = "Not sent yet"
            self.tone = "warn"
            self.words = "\(Self.sentence(problem)) Portico tries again by itself, for some hours."
        case (.sent(let time), _):
            self.standing = "Mailed"
            self.tone = "good"
            self.words = "The mail server took it on \(ReadableDate.time(time))."
        case (.failed(let problem), .mail):
            self.standing = "Not mailed"
            self.tone = "bad"
            self.words =
                "\(Self.sentence(problem)) The person has no link. Press “Mail again” when that is mended, or “Show a new link”"
                + " and send it yourself."
        case (.failed(let problem), .link):
            self.standing = "Not mailed"
            self.tone = "bad"
            self.words =
                "\(Self.sentence(problem)) The person has no link, and there is no mail server any more: press “New link” and"
                + " send it yourself."
        }
    }

    /// A mail server may end its words with a full stop or not.
    private static func sentence(_ problem: String) -> String {
        problem.hasSuffix(".") ? problem : problem + "."
    }
}
