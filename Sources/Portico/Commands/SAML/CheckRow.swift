import SAML
import Workspaces

/// One check as `saml explain` shows it.
struct CheckRow: Encodable {
    let check: String
    let title: String
    let outcome: String
    let code: String?
    let wanted: String?
    let got: String?
    let because: String?
    let responsible: String?
    let remedy: String?

    init(_ check: SignInCheck) {
        self.check = check.name.identifier
        self.title = check.name.title
        self.outcome = check.outcome.identifier
        self.because = check.outcome.reason
        self.code = check.code?.rawValue
        self.wanted = check.wanted
        self.got = check.got?.text
        self.responsible = check.responsible?.rawValue
        self.remedy = check.remedy
    }

    /// The lines for people: one for a check that passed or was not made, more for one that failed.
    var lines: [String] {
        if let because { return ["-     \(self.title): not checked, because \(because)"] }
        guard let code else {
            let comparison = [self.wanted.map { "wanted \($0)" }, self.got.map { "got \($0)" }].compactMap(\.self)
            return ["pass  \(self.title)" + (comparison.isEmpty ? "" : ": " + comparison.joined(separator: ", "))]
        }
        return [
            "FAIL  \(self.title) (\(code))", self.wanted.map { "      wanted  \($0)" },
            self.got.map { "      got     \($0)" }, self.remedy.map { "      → \($0)" },
        ]
        .compactMap(\.self)
    }
}
