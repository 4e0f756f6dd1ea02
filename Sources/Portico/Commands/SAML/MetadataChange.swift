import Foundation
import SAML
import Workspaces
import XMLSecurity

/// What metadata changes in a workspace's SAML configuration, as it is shown before and told after it is saved.
struct MetadataChange: Encodable {
    /// A certificate of the configuration before or after.
    struct Certificate: Encodable {
        /// What becomes of a certificate.
        enum State: String, Encodable {
            case added
            case kept
            case removed
        }

        let state: State
        let subject: String
        let key: String
        let sha256Fingerprint: String
        let notAfter: Date
    }

    let companyID: String
    let source: String
    let entityID: String
    var saved: Bool
    let differences: [WorkspacePreview.Difference]
    let certificates: [Certificate]
    let wantsSignedRequests: Bool
    let signsRequests: Bool
    let validUntil: Date?
    let cacheDurationSeconds: Int64?

    /// Describes a change that nothing has written yet.
    ///
    /// - Parameters:
    ///   - outcome: What the domain decided on the configuration as it is.
    ///   - current: The workspace as it is.
    ///   - metadata: What the metadata says.
    ///   - source: The file or the URL.
    init(_ outcome: WorkspaceOutcome, of current: ConfiguredWorkspace, metadata: IdPMetadata, source: String) {
        let old = current.identityProvider?.certificates ?? []
        let new = outcome.configured.identityProvider?.certificates ?? []
        self.companyID = current.workspace.companyID.value
        self.source = source
        self.entityID = metadata.entityID.value
        self.saved = false
        self.differences = outcome.differences.map(WorkspacePreview.Difference.init)
        self.certificates =
            new.map { Certificate($0, old.contains($0) ? .kept : .added) }
            + old.filter { !new.contains($0) }.map { Certificate($0, .removed) }
        self.wantsSignedRequests = metadata.wantsSignedRequests
        self.signsRequests = outcome.configured.identityProvider?.signRequests ?? false
        self.validUntil = metadata.validUntil
        self.cacheDurationSeconds = metadata.cacheDuration?.components.seconds
    }

    /// The change for people: what was and what will be, each certificate with its fingerprint.
    var lines: [String] {
        var lines = ["\(self.companyID): metadata of \(self.entityID) from \(self.source)"]
        for difference in self.differences where difference.field != "certificates" {
            lines.append("  \(difference.field): \(difference.old ?? "-") → \(difference.new ?? "-")")
        }
        for certificate in self.certificates {
            let end = certificate.notAfter.formatted(.iso8601)
            lines.append("  certificate \(certificate.state): \(certificate.subject), \(certificate.key), until \(end)")
            lines.append("    SHA-256 \(certificate.sha256Fingerprint)")
        }
        if self.wantsSignedRequests, !self.signsRequests {
            lines.append("  The identity provider asks for signed requests: run the command with --sign-requests.")
        }
        if self.differences.isEmpty { lines.append("  nothing changes") }
        return lines
    }
}

extension MetadataChange.Certificate {
    fileprivate init(_ pinned: PinnedCertificate, _ state: State) {
        let certificate = try? SigningCertificate(der: pinned.der)
        self.init(
            state: state,
            subject: certificate?.subject ?? "unreadable",
            key: certificate?.keyDescription ?? "unreadable",
            sha256Fingerprint: pinned.sha256Fingerprint,
            notAfter: pinned.notAfter
        )
    }
}
