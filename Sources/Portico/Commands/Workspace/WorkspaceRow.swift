import Foundation
import Storage
import Workspaces

/// One workspace in the list.
struct WorkspaceRow: Encodable {
    let id: String
    let companyID: String
    let name: String
    let status: String
    let saml: String
    let domains: Int
    let activeMembers: Int
    let seats: Int?
    let firstCertificateEnd: Date?
    let createdAt: Date

    init(_ summary: WorkspaceSummary) {
        self.id = summary.workspace.id.description
        self.companyID = summary.workspace.companyID.value
        self.name = summary.workspace.name
        self.status = summary.workspace.status.rawValue
        self.saml = summary.samlEnabled.map { $0 ? "enabled" : "disabled" } ?? "not configured"
        self.domains = summary.domains
        self.activeMembers = summary.activeMembers
        self.seats = summary.workspace.seats
        self.firstCertificateEnd = summary.certificateEnds.first
        self.createdAt = summary.createdAt
    }
}
