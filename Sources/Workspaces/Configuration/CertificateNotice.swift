package import FoundationEssentials
internal import SAML

/// That a pinned certificate ends soon or has ended: its key goes on counting, but somebody should bring the next one
/// (behavior Q21).
package struct CertificateNotice: Hashable, Sendable {
    /// The days before the end at which a notice is due; 0 when it has ended.
    package static let days = [60, 30, 14, 7, 1, 0]

    /// The certificate's SHA-256 fingerprint.
    package let sha256Fingerprint: String
    /// Which of ``days`` it is.
    package let day: Int
    /// The end of the certificate's validity.
    package let notAfter: Date

    /// The notice that is due for a certificate: the one of the latest day that has come.
    ///
    /// - Returns: `nil` while there are more than sixty days left.
    package init?(for certificate: PinnedCertificate, now: Date) {
        let left = certificate.notAfter.timeIntervalSince(now)
        guard let day = Self.days.last(where: { left <= Double($0) * 86_400 }) else { return nil }
        self.sha256Fingerprint = certificate.sha256Fingerprint
        self.day = day
        self.notAfter = certificate.notAfter
    }

    /// The notice for the audit log of a workspace.
    package func event(in workspaceID: WorkspaceID, now: Date) -> AuditEvent {
        AuditEvent(
            time: now,
            workspaceID: workspaceID,
            actor: .system,
            action: .certificateExpiring,
            detail: [
                "sha256_fingerprint": self.sha256Fingerprint, "days": "\(self.day)",
                "not_after": SAMLInstant.format(self.notAfter),
            ]
        )
    }
}
