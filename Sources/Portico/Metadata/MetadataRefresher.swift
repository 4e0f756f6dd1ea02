import Console
import Fetching
import Foundation
import PostgreSQL
import SAML
import SAMLBindings
import Storage
import Workspaces

/// Fetches a workspace's metadata anew and lets the domain decide what that changes.
///
/// Nothing is locked while it is fetched: what was fetched counts only for a workspace that has the same source and issuer
/// afterwards.
struct MetadataRefresher: Sendable {
    let fetcher: Fetcher
    let pool: ConnectionPool

    /// Whether a plain http sign-in URL on this machine is accepted (behavior T4).
    let loopbackHTTP: SignInURLRule.LoopbackHTTP

    /// What a refresh came to.
    struct Result: Sendable {
        /// What was written; nil when the workspace has no source, or another one than at the beginning.
        let outcome: MetadataRefreshOutcome?
        /// Why nothing was fetched, in the operator's words; what was written has those of the workspace.
        let problem: String?
    }

    /// What came of a fetch.
    private enum Answer {
        case document(MetadataDocument)
        case problem(String, ofOperator: String)

        init(_ failure: FetchFailure) {
            self = .problem(failure.wordsForWorkspace, ofOperator: failure.description)
        }

        /// One that says the same to everybody.
        init(problem: String) {
            self = .problem(problem, ofOperator: problem)
        }
    }

    /// Refreshes a workspace's metadata.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - actor: On whose word.
    /// - Returns: What it came to.
    /// - Throws: `PostgreSQLError`, `WorkspaceStoreError`, `CancellationError`. A fetch that fails is no error but an outcome.
    @discardableResult
    func refresh(_ scope: WorkspaceScope, actor: AuditActor) async throws -> Result {
        let store = MetadataRefreshStore(pool: self.pool)
        let found = try await WorkspaceDirectory(pool: self.pool).configuredWorkspace(scope)
        guard let identityProvider = found?.identityProvider, let source = identityProvider.metadataSource else {
            return Result(outcome: try await store.refresh(scope, now: Date()) { _, _ in nil }, problem: nil)
        }
        let answer = try await self.fetch(source, of: identityProvider.issuer)
        let now = Date()
        let jitter = Double.random(in: 0...1)
        let loopbackHTTP = self.loopbackHTTP
        let outcome = try await store.refresh(scope, now: now) { configured, state in
            let refresh = MetadataRefresh(
                configured: configured,
                state: state,
                actor: actor,
                now: now,
                jitter: jitter
            )
            switch answer {
            case .document(let document):
                return refresh.succeeded(
                    document.metadata,
                    certificates: document.certificates,
                    from: source.url,
                    loopbackHTTP: loopbackHTTP
                )
            case .problem(let problem, _):
                return refresh.failed(problem, from: source.url)
            }
        }
        guard case .problem(_, let problem) = answer else { return Result(outcome: outcome, problem: nil) }
        return Result(outcome: outcome, problem: problem)
    }

    private func fetch(_ source: MetadataSource, of issuer: EntityID) async throws -> Answer {
        do {
            let bytes = try await self.fetcher.fetch(FetchURL(source.url))
            // The issuer is named always: on another entity's metadata nobody has agreed.
            return .document(try MetadataDocument(bytes, entityID: issuer, now: Date()))
        } catch let failure as FetchFailure {
            return Answer(failure)
        } catch let rejection as MetadataRejection {
            return Answer(problem: rejection.description)
        } catch let error as CancellationError {
            throw error
        } catch {
            return Answer(problem: "The connection broke. Try again later, or download the document and name the file.")
        }
    }
}
