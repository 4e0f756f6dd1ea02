import Foundation
import Workspaces
import XMLSecurity

/// A certificate of which metadata and configuration differ, in a list.
struct MetadataProposalRow: Encodable {
    let change: String
    let state: String
    let subject: String
    let key: String
    let sha256Fingerprint: String
    let notAfter: Date
    let proposedAt: Date
    let rejectedAt: Date?

    init(_ proposal: MetadataProposal) {
        let certificate = try? SigningCertificate(der: proposal.certificate.der)
        self.change = proposal.kind.rawValue
        self.state = proposal.isWaiting ? "pending" : "rejected"
        self.subject = certificate?.subject ?? "unreadable"
        self.key = certificate?.keyDescription ?? "unreadable"
        self.sha256Fingerprint = proposal.certificate.sha256Fingerprint
        self.notAfter = proposal.certificate.notAfter
        self.proposedAt = proposal.proposedAt
        self.rejectedAt = proposal.rejectedAt
    }
}
