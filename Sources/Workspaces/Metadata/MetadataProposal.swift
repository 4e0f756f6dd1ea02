package import FoundationEssentials

/// A certificate of which metadata and configuration differ, until an administrator has decided (pinned mode).
package struct MetadataProposal: Hashable, Sendable {
    /// What the metadata would have.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The metadata lists the certificate, and it is not pinned.
        case add
        /// The certificate is pinned, and the metadata does not list it.
        case remove
    }

    /// The certificate.
    package let certificate: PinnedCertificate
    /// What the metadata would have.
    package let kind: Kind
    /// When it was seen first.
    package let proposedAt: Date
    /// When an administrator said no; `nil` while nobody has decided.
    package var rejectedAt: Date?

    /// Makes a proposal.
    package init(certificate: PinnedCertificate, kind: Kind, proposedAt: Date, rejectedAt: Date? = nil) {
        self.certificate = certificate
        self.kind = kind
        self.proposedAt = proposedAt
        self.rejectedAt = rejectedAt
    }

    /// Whether an administrator has still to decide.
    package var isWaiting: Bool { self.rejectedAt == nil }

    /// Whether a person who typed this means the certificate: the whole fingerprint, with or without colons, in either case.
    package func isMeant(by text: String) -> Bool {
        Self.digits(of: text) == Self.digits(of: self.certificate.sha256Fingerprint)
    }

    private static func digits(of fingerprint: String) -> String {
        fingerprint.uppercased().filter { $0 != ":" }
    }
}
