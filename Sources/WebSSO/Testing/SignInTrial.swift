import FoundationEssentials
import SAML
import Workspaces

/// What a response to a test came to, up to the one question that the database answers: whether it was used before.
struct SignInTrial: Sendable {
    /// The checks of the Response.
    let checks: ResponseCheckList
    /// The steps around it that were come to.
    let steps: [SignInCheck]
    /// The assertion, where it passed every rule.
    var assertion: ValidatedAssertion?
    /// What the workspace would make of the person.
    var outcome: ProvisioningOutcome?

    /// The result.
    ///
    /// - Parameters:
    ///   - isNew: Whether the assertion was never used before.
    ///   - now: The present.
    /// - Returns: Every check, what was received, and who would have come in.
    func result(isNew: Bool, at now: Date) -> SignInTestResult {
        var steps = self.steps
        if self.assertion != nil {
            steps.append(isNew ? SignInCheck(.replay, .passed) : SignInCheck(.replay, refusing: .replayed))
        }
        let checks = SignInCheck.list(self.checks, steps: steps)
        let isRefused = checks.contains { $0.code != nil }
        return SignInTestResult(
            finishedAt: now,
            checks: checks,
            attributes: self.assertion.map(SignInTestResult.attributes(of:)) ?? [],
            person: isRefused ? nil : self.outcome.flatMap { SignInTestResult.Person(of: $0) }
        )
    }
}
