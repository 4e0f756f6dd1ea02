import GatewayHTTP
import QRCodes
import Storage
import Workspaces

/// What the page about ways in shows: the names that the template uses.
struct AccessPage {
    /// A QR code, with the light margin of four modules that cameras need (ISO/IEC 18004, 6.3.8).
    struct Drawing {
        let path: String
        /// The length of a side, in modules.
        let side: Int

        init(_ code: QRCode) {
            self.path = code.path
            self.side = code.size + 8
        }
    }

    let frame: ConsoleFrame
    let path: String
    let mayHavePassphrase: Bool
    let modeWords: String
    /// What was just done.
    let notice: String?
    let standing: SingleSignOnStanding
    let enforceProblem: String?
    let removalProblem: String?
    let singleSignOnPath: String
    let hasPassphrase: Bool
    let setOn: String?
    let hasCodes: Bool
    let passphraseAction: String
    let passphrase: FormField
    let repetition: FormField
    let secret: String
    let secretInGroups: String
    let secretURI: String
    /// The same for the camera of another device.
    let secretDrawing: Drawing?
    let code: FormField
    let owner: String
    /// The command that names the owner, where there is none.
    let appointment: String?
    let isOwner: Bool
    let hasSuccessors: Bool
    let successor: FormField
    /// What the owner loses with the ownership; `nil` where it is nothing but that.
    let lossWords: String?
    let confirmation: FreshSignIn?
    let isConfirmed: Bool

    init(
        _ visit: SettingsVisit,
        membership: Membership,
        credential: StoredLocalCredential?,
        people: [Membership],
        confirmation: FreshSignIn?,
        secret: OneTimeCodeSecret,
        problems: FormProblems,
        done: AccessNotice?,
        renderer: ConsoleRenderer
    ) {
        let workspace = visit.configured.workspace
        self.frame = ConsoleFrame(visit, page: .access, renderer: renderer)
        self.path = ConsolePath.access.path(at: renderer.site)
        self.mayHavePassphrase = workspace.localSignIn.admits(membership)
        self.modeWords = Self.words(workspace.localSignIn)
        let owner = people.first(where: \.isOwner)?.email.value
        self.notice = done?.words(visit.configured, membership: membership, credential: credential, owner: owner)
        self.standing = SingleSignOnStanding(visit.configured)
        self.enforceProblem = problems.words(of: SingleSignOnEnforcement.field)
        self.removalProblem = problems.words(of: Self.removal)
        self.singleSignOnPath = ConsolePath.singleSignOn.path(at: renderer.site)
        self.hasPassphrase = credential != nil
        self.setOn = credential.map { ReadableDate.day($0.setAt) }
        self.hasCodes = credential?.codes != nil
        self.passphraseAction = credential == nil ? "Set the passphrase" : "Change the passphrase"
        self.passphrase = PassphraseFields.passphrase(problems)
        self.repetition = PassphraseFields.repetition(problems)
        self.secret = secret.base32
        self.secretInGroups = Self.inGroups(secret.base32)
        self.secretURI = secret.uri(
            site: renderer.site.host,
            account: "\(workspace.companyID.value) (\(membership.email.value))"
        )
        self.secretDrawing = QRCode(self.secretURI).map { Drawing($0) }
        self.code = FormField(
            "code",
            "Code that the app shows now",
            help: "Six digits.",
            problems: problems,
            autocomplete: "one-time-code"
        )
        self.owner = owner ?? "Nobody"
        self.appointment = owner == nil ? "portico member transfer-ownership \(workspace.companyID.value) EMAIL" : nil
        self.isOwner = membership.isOwner
        let successors = people.filter { !$0.isOwner && $0.state == .active }.map(\.email.value)
        self.hasSuccessors = !successors.isEmpty
        self.successor = FormField(
            "email",
            "New owner",
            control: FormField.choices(successors.map { ($0, $0) }, selected: ""),
            help: "An administrator of the workspace. You stay an administrator.",
            problems: problems
        )
        self.lossWords = Self.lossWords(visit, hasPassphrase: credential != nil)
        self.confirmation = confirmation
        self.isConfirmed = confirmation == nil
    }

    /// What the form that takes the passphrase away is called among the problems.
    static let removal = "passphrase_removal"

    private static func words(_ mode: LocalSignInMode) -> String {
        switch mode {
        case .owner: "In this workspace the owner alone may sign in with a passphrase."
        case .members: "In this workspace whoever was given a link may sign in with a passphrase."
        case .off: "The people who run this service have switched passphrases off for this workspace."
        }
    }

    /// Where the owner alone may have a passphrase, it goes with the ownership, and with it the sessions that it opened.
    private static func lossWords(_ visit: SettingsVisit, hasPassphrase: Bool) -> String? {
        guard visit.configured.workspace.localSignIn == .owner, hasPassphrase else { return nil }
        var words = "Your passphrase goes with the ownership: only the owner may have one here."
        let cameWithIt = visit.visitor.session?.method == .passphrase
        if cameWithIt {
            words += " You signed in with it, so this session ends, too."
        }
        let isOn = visit.configured.identityProvider?.enabled ?? false
        return switch (isOn, cameWithIt) {
        case (true, true):
            words + " Sign in by single sign-on first, which shows that it works."
        case (true, false):
            words + " From then on you sign in by single sign-on."
        case (false, _):
            words + " Single sign-on is off: switch it on first, since the ownership goes to nobody who could not get "
                + "in then."
        }
    }

    /// Groups of four, which are easier to type.
    private static func inGroups(_ text: String) -> String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }
}
