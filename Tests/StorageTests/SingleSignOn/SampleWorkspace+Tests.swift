import Foundation
import Storage
import Testing
import Workspaces

extension SampleWorkspace {
    var tests: SignInTestStore { SignInTestStore(pool: self.storage.service) }

    /// Begins a test of a visit.
    func beginTest(now: Date = Self.now) async throws -> SignInTest {
        try await self.tests.begin(
            self.scope,
            owner: .visit(SecretToken<SetupVisit>.random().hash),
            browserHash: BrowserKey.random().hash,
            now: now
        )
    }

    /// Ends a test with a result that passed.
    func finish(_ test: SignInTest, as localPart: String = "ann") async throws -> SignInTestResult? {
        let identity = try self.identity(localPart)
        let result = SignInTestResult(
            finishedAt: Self.now,
            checks: [SignInCheck(.email, .passed)],
            attributes: SignInTestResult.attributes(of: identity.assertion),
            person: .init(email: identity.email.value, displayName: "Ann", role: "ADMIN", standing: .joins)
        )
        let event = AuditEvent(
            time: Self.now,
            workspaceID: self.id,
            actor: .identityProvider,
            action: .signInTested
        )
        return try await self.tests.finish(
            test,
            assertion: identity.assertion,
            now: Self.now,
            event: { _ in event },
            conclude: { _ in result }
        )
    }
}
