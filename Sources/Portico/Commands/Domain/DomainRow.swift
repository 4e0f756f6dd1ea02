import Foundation
import Storage
import Workspaces

/// A domain in output: claimed, or on the way.
struct DomainRow: Encodable {
    let domain: String
    let state: String
    let proof: String
    let claimedAt: Date?
    let requestedAt: Date?
    let checkedAt: Date?
    let recordName: String?
    let recordText: String?
    let problem: String?

    /// A domain that is claimed, with what its record says where there is one.
    init(_ claimed: ClaimedDomain, claim: DomainClaim? = nil) {
        self.domain = claimed.domain.value
        self.state = claimed.lapsedAt == nil ? DomainClaim.State.claimed.rawValue : DomainClaim.State.failed.rawValue
        self.proof = claimed.proof.rawValue
        self.claimedAt = claimed.claimedAt
        self.requestedAt = claim?.requestedAt
        self.checkedAt = claim?.checkedAt
        self.recordName = claim?.recordName
        self.recordText = claim?.recordText
        self.problem = claim?.problem
    }

    /// A claim by DNS.
    init(_ claim: DomainClaim) {
        self.domain = claim.domain.value
        self.state = claim.state.rawValue
        self.proof = ClaimedDomain.Proof.dns.rawValue
        self.claimedAt = nil
        self.requestedAt = claim.requestedAt
        self.checkedAt = claim.checkedAt
        self.recordName = claim.recordName
        self.recordText = claim.recordText
        self.problem = claim.problem
    }

    /// Every domain of a workspace, by name.
    static func all(of scope: WorkspaceScope, in context: OperatorContext) async throws -> [DomainRow] {
        let claims = try await DomainClaimStore(pool: context.pool).claims(scope)
        let claimed = try await WorkspaceStore(pool: context.pool).domains(scope)
        let rows = claimed.map { domain in
            let claim = claims.first { $0.domain == domain.domain }
            // A claim that was begun anew says more than the one that lapsed.
            guard let claim, claim.state == .inProgress else { return DomainRow(domain, claim: claim) }
            return DomainRow(claim)
        }
        let others = claims.filter { claim in !claimed.contains { $0.domain == claim.domain } }.map(DomainRow.init)
        return (rows + others).sorted { $0.domain < $1.domain }
    }
}
