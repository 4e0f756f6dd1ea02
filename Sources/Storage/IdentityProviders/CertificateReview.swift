package import FoundationEssentials
package import Workspaces

/// What a look at the certificates of all workspaces found.
package struct CertificateReview: Hashable, Sendable {
    /// The notices that were written.
    package internal(set) var events: [AuditEvent] = []
    /// When each pinned certificate ends, of workspaces whose SAML is switched on; whose it is, is not told.
    package internal(set) var ends: [Date] = []
}
