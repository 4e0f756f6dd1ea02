import DNS
import Foundation
import Storage
import Workspaces

/// Looks for the record of a claim and writes down what came of it.
struct DomainChecker: Sendable {
    let resolver: StubResolver
    let store: DomainClaimStore
    /// The clock.
    let now: @Sendable () -> Date

    init(resolver: StubResolver, store: DomainClaimStore, now: @escaping @Sendable () -> Date = { Date() }) {
        self.resolver = resolver
        self.store = store
        self.now = now
    }

    /// Looks once; however the servers behave, within seconds.
    ///
    /// - Returns: What was written; nil for a claim that was given up meanwhile.
    func check(
        _ scope: WorkspaceScope,
        _ claim: DomainClaim,
        actor: AuditActor
    ) async throws -> DomainCheckOutcome? {
        let finding = await self.resolver.finding(for: claim)
        return try await self.store.note(scope, claim, finding: finding, actor: actor, now: self.now())
    }
}

extension StubResolver {
    /// What the name servers say about the record of a claim.
    func finding(for claim: DomainClaim) async -> DomainFinding {
        do throws(ResolutionFailure) {
            return .answered(
                try await self.textRecords(of: claim.recordName).map { String(decoding: $0, as: UTF8.self) }
            )
        } catch {
            return .silent(error.description)
        }
    }
}

extension FetchSettings {
    /// Asks the name servers of the settings.
    var resolver: StubResolver {
        StubResolver(servers: self.resolvers.isEmpty ? .system : .addresses(self.resolvers))
    }
}
