import SAML
import Workspaces

/// Why a response was refused, how far it had come, and what the record says.
struct RefusedSignIn: Error {
    /// What the response led to.
    enum Progress {
        /// To nothing.
        case noRequest
        /// To no request, but to a workspace where a sign-in may begin at the identity provider.
        case unsolicited(WorkspaceID)
        /// To one that another browser began, which must still be able to finish it.
        case requestOfAnotherBrowser(OutstandingRequest)
        /// To one that this browser began.
        case request(OutstandingRequest)

        /// The workspace, whoever began the request.
        var workspaceID: WorkspaceID? {
            switch self {
            case .noRequest: nil
            case .unsolicited(let workspaceID): workspaceID
            case .requestOfAnotherBrowser(let outstanding), .request(let outstanding): outstanding.workspaceID
            }
        }

        /// The request that is used up now, because its browser has answered (rulings 2).
        var consumedRequest: MessageID? {
            switch self {
            case .noRequest, .unsolicited, .requestOfAnotherBrowser: nil
            case .request(let outstanding): outstanding.id
            }
        }
    }

    /// What the person is told and the audit log says.
    let code: RefusalCode
    /// How far the response had come.
    let progress: Progress
    /// The rule that refused, by the name of its type.
    let rule: String?
    /// What the audit log says beside the code.
    let detail: [String: String]
    /// The step that refused, unless a rule of SAML did.
    let steps: [SignInCheck]
    /// What the workspace's log says beside that.
    var findings = SignInFindings()

    /// A refusal by what is stored, or by the way that the response took.
    init(
        _ code: RefusalCode,
        _ progress: Progress,
        step: SignInStep,
        rule: String,
        wanted: String? = nil,
        got: String? = nil
    ) {
        let check = SignInCheck(step, refusing: code, wanted: wanted, got: got.map { .open($0) })
        self.init(code, progress, rule: rule, wanted: wanted, got: got, steps: [check])
    }

    /// A refusal by a rule of SAML.
    ///
    /// An identity provider may name the person in the message beside its status: the codes alone are kept.
    init(_ rejection: ResponseRejection, _ progress: Progress) {
        self.init(
            RefusalCode(rejection.code),
            progress,
            rule: rejection.rule,
            wanted: rejection.wanted,
            got: rejection.code == .statusNotSuccess ? rejection.got.map(SignInCheck.statusCodes(in:)) : rejection.got,
            steps: []
        )
    }

    private init(
        _ code: RefusalCode,
        _ progress: Progress,
        rule: String,
        wanted: String?,
        got: String?,
        steps: [SignInCheck]
    ) {
        self.code = code
        self.progress = progress
        self.rule = rule
        self.detail = ["rule": rule, "wanted": wanted, "got": got].compactMapValues { $0 }
        self.steps = steps
    }

    /// A refusal because the assertion names nobody.
    init(_ rejection: AssertedIdentityRejection, assertion: ValidatedAssertion, _ progress: Progress) {
        self.code = rejection.code
        self.progress = progress
        self.rule = "AssertedIdentity"
        let origin = [
            "issuer": assertion.issuer.value, "assertion_id": assertion.id.value,
            "certificate": assertion.certificateFingerprint,
        ]
        self.detail = rejection.detail.merging(origin) { detail, _ in detail }
        self.steps = [.email(rejection)]
    }
}
