import Foundation
import Workspaces

/// A claimed domain in output.
struct DomainRow: Encodable {
    let domain: String
    let proof: String
    let claimedAt: Date

    init(_ claim: ClaimedDomain) {
        self.domain = claim.domain.value
        self.proof = claim.proof.rawValue
        self.claimedAt = claim.claimedAt
    }
}
