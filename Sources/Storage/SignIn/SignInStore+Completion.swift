import FoundationEssentials
import PostgreSQL
package import SAML
package import Workspaces

// The end of a sign-in is one transaction:
//
//     consume the stored request ─ remember the assertion ─ read the facts
//                      │ decide (pure, in Workspaces)
//                      ├─ nothing but the session to write ───────────────┐
//                      └─ people or settings change: lock the workspace,  │
//                         read the facts again, decide again ─────────────┤
//                                                                         ▼
//                         membership, effects, session, link, audit, NOTIFY ─ commit
//
// Most sign-ins change nobody's role and take no lock that another sign-in waits for. Whatever touches seats, roles or
// states takes the workspace's lock first, so that the last seat goes to one person, and two first sign-ins of a person
// make one membership. A membership that changed between reading and writing is noticed by its version, and the
// transaction runs again.
//
// A refusal writes only what rulings 2 allows: the request's consumption, the latch, revocations, a registration that
// waits for a role, the attempt and the audit events.
extension SignInStore {
    /// Finishes a sign-in whose assertion passed every rule.
    ///
    /// - Parameters:
    ///   - origin: Where the sign-in began; the browser, relay state and expiry of a stored request were checked.
    ///   - identity: The person that the assertion names, read under the workspace's attribute names.
    ///   - terms: What the installation says about sign-ins.
    ///   - checks: The checks of the Response, which are kept.
    /// - Returns: The session, or why there is none: among the reasons are ``RefusalCode/requestUnknownOrUsed`` for a
    ///   request that was consumed meanwhile and ``RefusalCode/replayed``.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func complete(
        _ origin: SignInOrigin,
        identity: AssertedIdentity,
        terms: SignInTerms,
        checks: ResponseCheckList = ResponseCheckList()
    ) async throws -> SignInResult {
        let completion = SignInCompletion(origin: origin, identity: identity, terms: terms, checks: checks)
        return try await self.pool.withFreshFacts(in: completion.scope) { try await completion.run(in: $0) }
    }
}
