import SAML
import Storage
import Workspaces

/// Why a logout message was refused, and in whose log that stands.
struct RefusedLogout: Error {
    /// What the audit log says.
    let code: RefusalCode
    /// What the person is told.
    let shownCode: RefusalCode
    /// The workspace that this browser had asked to end its session; nil when nobody can say whose the message is.
    let scope: WorkspaceScope?
    /// What the audit log says beside the code.
    let detail: [String: String]

    /// A refusal by what is stored, or by the way that the message took.
    init(
        _ code: RefusalCode,
        shownAs shownCode: RefusalCode? = nil,
        in scope: WorkspaceScope? = nil,
        rule: String,
        wanted: String? = nil,
        got: String? = nil
    ) {
        self.code = code
        self.shownCode = shownCode ?? code
        self.scope = scope
        self.detail = ["rule": rule, "wanted": wanted, "got": got].compactMapValues { $0 }
    }

    /// A refusal by a rule of SAML.
    init(_ rejection: ResponseRejection, in scope: WorkspaceScope? = nil) {
        self.init(
            RefusalCode(rejection.code),
            in: scope,
            rule: rejection.rule,
            wanted: rejection.wanted,
            got: rejection.got
        )
    }
}
