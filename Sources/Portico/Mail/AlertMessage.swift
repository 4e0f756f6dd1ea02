import Console
import GatewayHTTP
import Workspaces

/// The mail that tells an administrator what happened in the workspace, and what to do.
struct AlertMessage: MailContent {
    private let workspaceName: String
    private let companyID: String
    private let host: String
    private let page: (title: String, url: String)
    private let words: AlertWords
    private let time: String
    /// Who did it, for people to read; nil where nobody did, or the words say it.
    private let actor: String?

    /// Writes a mail.
    ///
    /// - Parameters:
    ///   - kind: What kind of event it is about.
    ///   - event: What happened.
    ///   - isActorMember: Whether who did it belongs to the workspace still.
    ///   - workspaceName: The workspace's name.
    ///   - companyID: The workspace's Company ID.
    ///   - site: The installation.
    init(
        kind: AlertKind,
        event: AuditEvent,
        isActorMember: Bool,
        workspaceName: String,
        companyID: CompanyID,
        site: PublicSite
    ) {
        self.workspaceName = PrintableText.escaped(workspaceName)
        self.companyID = companyID.value
        self.host = site.host
        self.page = (kind.settingsTitle, site.origin + kind.settingsPath(at: site))
        self.words = AlertWords(kind, event)
        self.time = ReadableDate.time(event.time)
        // Whose passphrase it was is known, not who used it.
        self.actor = kind == .passphraseSignIn ? nil : Self.words(for: event.actor, isMember: isActorMember)
    }

    var subject: String { "\(self.workspaceName): \(self.words.heading)" }

    var text: String {
        let by = self.actor.map { "By: \($0)\n" } ?? ""
        return """
            \(self.words.heading)

            \(self.words.happened)

            When: \(self.time)
            \(by)
            \(self.words.advice)

            \(self.page.title): \(self.page.url)

            Workspace: \(self.workspaceName)
            Company ID: \(self.companyID)

            \(Self.bound)

            \(self.closing)

            """
    }

    var html: String {
        MailPage(
            title: self.subject,
            heading: self.words.heading,
            paragraphs: [
                self.words.happened, "\(self.time)\(self.actor.map { ", by \($0)" } ?? "").", self.words.advice,
                Self.bound,
            ],
            button: ("Open \(self.page.title)", self.page.url),
            companyID: self.companyID,
            note: "Workspace: \(self.workspaceName)",
            closing: self.closing
        )
        .html
    }

    /// What is not mailed, and where it stands.
    private static let bound = """
        The same thing is mailed once a day, and of one kind no more than \(Alert.maximumSubjects) in a day: the audit log of \
        the workspace has everything.
        """

    private var closing: String { "You get this mail because you administer \(self.workspaceName) at \(self.host)." }

    /// Who did something; whoever left the workspace is not named any more.
    private static func words(for actor: AuditActor, isMember: Bool) -> String? {
        switch actor {
        case .member(let email): isMember ? email.value : "somebody who is not in the workspace any more"
        case .operator: "the operator"
        case .setup: "a visitor by setup link"
        case .identityProvider, .system: nil
        }
    }
}
