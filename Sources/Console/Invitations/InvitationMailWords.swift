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
            self.words = "There is no mail server any more: make a new link and send it yourself."
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
        case (.failed(let problem), _):
            self.standing = "Not mailed"
            self.tone = "bad"
            self.words =
                "\(Self.sentence(problem)) Mail it again when that is mended, or make a new link and send it yourself."
        }
    }

    /// A mail server may end its words with a full stop or not.
    private static func sentence(_ problem: String) -> String {
        problem.hasSuffix(".") ? problem : problem + "."
    }
}
