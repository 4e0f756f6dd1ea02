package import SAML

/// One line of what was checked of a sign-in, for whoever has to mend it.
package struct SignInCheck: Hashable, Sendable {
    /// How a check ended.
    package enum Outcome: Hashable, Sendable {
        /// It passed.
        case passed
        /// It refuses the sign-in, and this party has to change something.
        case failed(RefusalCode, ResponsibleParty)
        /// It was not made; the words say why.
        case notChecked(because: String)

        /// The name that is kept and printed: `passed`, `failed` or `not_checked`.
        package var identifier: String {
            switch self {
            case .passed: "passed"
            case .failed: "failed"
            case .notChecked: "not_checked"
            }
        }

        /// Why the check was not made; nil for one that was.
        package var reason: String? {
            guard case .notChecked(let reason) = self else { return nil }
            return reason
        }
    }

    /// What was checked.
    package let name: Name
    /// How it ended.
    package let outcome: Outcome
    /// What was wanted.
    package let wanted: String?
    /// What there was: possibly text by anybody; whoever shows it escapes it.
    package let got: CheckEvidence?

    /// Makes a line.
    package init(_ name: Name, _ outcome: Outcome, wanted: String? = nil, got: CheckEvidence? = nil) {
        self.name = name
        self.outcome = outcome
        self.wanted = wanted
        self.got = got
    }

    /// Makes a line about a step.
    package init(_ step: SignInStep, _ outcome: Outcome, wanted: String? = nil, got: CheckEvidence? = nil) {
        self.init(.step(step), outcome, wanted: wanted, got: got)
    }

    /// Makes a line about a step that refuses.
    package init(_ step: SignInStep, refusing code: RefusalCode, wanted: String? = nil, got: CheckEvidence? = nil) {
        self.init(step, .failed(code, step.responsible), wanted: wanted, got: got)
    }

    /// Makes a line of a check of the Response.
    init(_ check: ResponseCheck) {
        let name = Name.response(check.rule)
        switch check.outcome {
        case .passed(let finding):
            self.init(name, .passed, wanted: finding.wanted.description, got: .open(finding.got.description))
        case .failed(let rejection):
            self.init(
                name,
                .failed(RefusalCode(rejection.code), rejection.responsible),
                wanted: rejection.wanted,
                got: rejection.got.map { Self.evidence($0, of: check.rule) }
            )
        case .notChecked(let failed):
            self.init(name, .notChecked(because: "“\(Name.response(failed).title)” failed"))
        }
    }

    /// An identity provider may name the person in the message beside its status; the other rules compare no attribute.
    private static func evidence(_ got: String, of rule: ResponseCheck.Rule) -> CheckEvidence {
        switch rule {
        case .claimedStatus, .status:
            .personal(got, kept: Self.statusCodes(in: got))
        case _: .open(got)
        }
    }

    /// The codes of a status, without the message that may stand beside them.
    package static func statusCodes(in got: String) -> String {
        got.split(separator: " ").filter(Self.isStatusCode).joined(separator: " ")
    }

    private static func isStatusCode(_ word: Substring) -> Bool {
        word.hasPrefix("urn:oasis:names:tc:SAML:2.0:status:")
    }

    /// The code, where the check failed.
    package var code: RefusalCode? {
        guard case .failed(let code, _) = self.outcome else { return nil }
        return code
    }

    /// Who has to change something, where the check failed.
    package var responsible: ResponsibleParty? {
        guard case .failed(_, let responsible) = self.outcome else { return nil }
        return responsible
    }
}
