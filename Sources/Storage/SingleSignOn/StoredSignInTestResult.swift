import FoundationEssentials
import Workspaces

/// What a test sign-in showed, as it stands in its row.
struct StoredSignInTestResult: Codable, Sendable {
    private let checks: [KeptSignInCheck]
    private let attributes: [SignInTestResult.ReceivedAttribute]
    private let person: SignInTestResult.Person?

    /// Takes a result apart; of its checks, what the record of an attempt keeps.
    init(_ result: SignInTestResult) {
        self.checks = result.checks.map { KeptSignInCheck($0) }
        self.attributes = result.attributes
        self.person = result.person
    }

    /// The result again.
    func restored(finishedAt: Date) -> SignInTestResult {
        SignInTestResult(
            finishedAt: finishedAt,
            checks: self.checks.compactMap(\.restored),
            attributes: self.attributes,
            person: self.person
        )
    }
}
