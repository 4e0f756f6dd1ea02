import SAML
import Workspaces

/// A check as it stands in the record of an attempt.
struct KeptSignInCheck: Codable, Hashable, Sendable {
    private let check: String
    private let outcome: String
    private let code: String?
    private let responsible: String?
    private let wanted: String?
    private let got: String?
    private let because: String?

    /// Takes what of a check may be kept.
    init(_ check: SignInCheck) {
        let kept = check.kept
        self.check = kept.name.identifier
        self.outcome = kept.outcome.identifier
        self.because = kept.outcome.reason
        self.code = kept.code?.rawValue
        self.responsible = kept.responsible?.rawValue
        self.wanted = kept.wanted
        self.got = kept.got?.text
    }

    /// The check; nil for one that this version does not know, because another one wrote it.
    var restored: SignInCheck? {
        guard let name = SignInCheck.Name(identifier: self.check), let outcome = self.restoredOutcome else {
            return nil
        }
        return SignInCheck(name, outcome, wanted: self.wanted, got: self.got.map { .open($0) })
    }

    private var restoredOutcome: SignInCheck.Outcome? {
        switch self.outcome {
        case "passed":
            return .passed
        case "failed":
            guard let code = self.code.flatMap(RefusalCode.init(rawValue:)),
                let responsible = self.responsible.flatMap(ResponsibleParty.init(rawValue:))
            else { return nil }
            return .failed(code, responsible)
        case "not_checked":
            return .notChecked(because: self.because ?? "")
        case _:
            return nil
        }
    }
}
