/// saml-profiles 4.1.4.2 wants at least one AuthnStatement; Portico wants exactly one, so that there is one session to
/// speak of (saml-security section 4, line 9).
///
/// An authentication in the future is refused, and so is a session that must be over already (saml-core 2.7.2).
struct AuthnStatementRule {
    let window: ValidityWindow

    func check(_ statements: [AuthnStatement]) throws(ResponseRejection) -> (AuthnStatement, Finding) {
        guard let statement = statements.first, statements.count == 1 else {
            throw ResponseRejection(
                .authnContextRefused,
                rule: "AuthnStatementRule",
                wanted: "one AuthnStatement",
                got: "\(statements.count)"
            )
        }
        guard self.window.hasReached(statement.authnInstant) else {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "AuthnStatementRule",
                wanted: "AuthnInstant at or before \(SAMLInstant.format(self.window.now))",
                got: SAMLInstant.format(statement.authnInstant)
            )
        }
        if let end = statement.sessionNotOnOrAfter, self.window.hasPassed(end) {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "AuthnStatementRule",
                wanted: "SessionNotOnOrAfter after \(SAMLInstant.format(self.window.now))",
                got: SAMLInstant.format(end)
            )
        }
        let finding = Finding(
            wanted: .instant("one AuthnStatement, AuthnInstant at or before", self.window.now),
            got: .instant("", statement.authnInstant)
        )
        return (statement, finding)
    }
}
