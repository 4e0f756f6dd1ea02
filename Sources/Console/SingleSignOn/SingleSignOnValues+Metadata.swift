import SAML
import Workspaces
import XMLSecurity

extension SingleSignOnValues {
    /// The same values with those of metadata in their place; whatever the metadata does not speak of stays as it was typed.
    ///
    /// - Parameters:
    ///   - metadata: What was read.
    ///   - configured: The workspace as it would be with the metadata.
    ///   - pinned: The certificates that are pinned now.
    /// - Returns: What the form is filled with.
    func taking(
        _ metadata: IdPMetadata,
        by configured: ConfiguredWorkspace,
        over pinned: [PinnedCertificate]
    ) -> SingleSignOnValues {
        let read = SingleSignOnValues(configured)
        let listed = configured.identityProvider?.certificates ?? []
        var values = self
        values.signInURL = read.signInURL
        values.issuer = read.issuer
        values.requestBinding = read.requestBinding
        let isSameSource = self.metadataURL == read.metadataURL
        values.metadataURL = read.metadataURL
        values.metadataRefresh = isSameSource ? self.metadataRefresh ?? read.metadataRefresh : read.metadataRefresh
        // What an earlier document put there, or somebody typed, is not what this one lists.
        values.certificates = listed.filter { !pinned.contains($0) }
            .compactMap { try? SigningCertificate(der: $0.der).pem }.joined()
        values.removed = Set(pinned.filter { !listed.contains($0) }.map(\.sha256Fingerprint))
        if !metadata.logoutServices.isEmpty {
            values.sloURL = read.sloURL
            values.sloBinding = read.sloBinding
            values.sloResponseURL = read.sloResponseURL
        }
        return values
    }
}
