internal import SAML

extension MetadataProposal {
    /// The proposal as the detail of an audit event: never less than the whole fingerprint (behavior T4).
    var auditDetail: [String: String] {
        [
            "change": self.kind.rawValue,
            "sha256_fingerprint": self.certificate.sha256Fingerprint,
            "not_after": SAMLInstant.format(self.certificate.notAfter),
        ]
    }
}
