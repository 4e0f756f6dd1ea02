package import FoundationEssentials
package import Workspaces

/// What was checked of a sign-in and how it ended: for administrators, under the short id that the error page shows
/// (rulings 9).
package struct SignInAttempt: Hashable, Sendable {
    /// The id on the error page, and of the audit event.
    package let requestID: RequestID
    /// When it ended.
    package let occurredAt: Date
    /// The code on the error page; nil for a sign-in that succeeded.
    package let code: RefusalCode?
    /// The rule that failed, by the name of its type.
    package let rule: String?
    /// What the rule wanted.
    package let wanted: String?
    /// What was found instead: text by anybody, cut to 1,024 characters.
    package let got: String?
    /// Every check in its order; what is stored of it is ``Workspaces/SignInCheck/kept``.
    package let checks: [SignInCheck]
    /// What there is to know beside them.
    package let findings: SignInFindings
    /// Whom a verified assertion names.
    ///
    /// The audit log has it, and the record does not: nil for a sign-in that was refused before, and where nobody looked.
    package let email: String?

    /// The length of the longest text that is kept, in Unicode scalars.
    private static let textLimit = 1_024

    /// Makes a record.
    package init(
        requestID: RequestID,
        occurredAt: Date,
        code: RefusalCode?,
        rule: String? = nil,
        wanted: String? = nil,
        got: String? = nil,
        checks: [SignInCheck] = [],
        findings: SignInFindings = SignInFindings(),
        email: String? = nil
    ) {
        self.requestID = requestID
        self.occurredAt = occurredAt
        self.code = code
        self.rule = rule
        self.wanted = wanted.map(Self.cut)
        self.got = got.map(Self.cut)
        self.checks = checks
        self.findings = findings
        self.email = email
    }

    private static func cut(_ text: String) -> String {
        String(text.unicodeScalars.prefix(Self.textLimit))
    }
}
