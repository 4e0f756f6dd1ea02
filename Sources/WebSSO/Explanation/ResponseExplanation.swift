package import Workspaces

/// What became of every check of a captured response.
package struct ResponseExplanation: Hashable, Sendable {
    /// The checks in their order.
    package let checks: [SignInCheck]

    /// The check that would refuse the response; nil for one that would be accepted.
    package var refusal: SignInCheck? {
        self.checks.first { $0.code != nil }
    }
}
