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
    /// What the rule wanted.
    let wanted: String?
    /// What there was instead: text by anybody.
    let got: String?
    /// What the audit log says beside the code.
    let detail: [String: String]

    /// A refusal by what is stored, or by the way that the response took.
    init(_ code: RefusalCode, _ progress: Progress, rule: String, wanted: String? = nil, got: String? = nil) {
        self.code = code
        self.progress = progress
        self.rule = rule
        self.wanted = wanted
        self.got = got
        self.detail = ["rule": rule, "wanted": wanted, "got": got].compactMapValues { $0 }
    }

    /// A refusal by a rule of SAML.
    init(_ rejection: ResponseRejection, _ progress: Progress) {
        self.init(
            RefusalCode(rejection.code),
            progress,
            rule: rejection.rule,
            wanted: rejection.wanted,
            got: rejection.got
        )
    }

    /// A refusal because the assertion names nobody.
    init(_ rejection: AssertedIdentityRejection, assertion: ValidatedAssertion, _ progress: Progress) {
        self.code = rejection.code
        self.progress = progress
        self.rule = "AssertedIdentity"
        self.wanted = nil
        self.got = rejection.detail["got"]
        let origin = [
            "issuer": assertion.issuer.value, "assertion_id": assertion.id.value,
            "certificate": assertion.certificateFingerprint,
        ]
        self.detail = rejection.detail.merging(origin) { detail, _ in detail }
    }
}
