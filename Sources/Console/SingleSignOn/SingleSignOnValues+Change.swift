import SAML
import Workspaces
import XMLSecurity

extension SingleSignOnValues {
    /// What the values change of the workspace itself.
    var workspaceChange: WorkspaceChange {
        WorkspaceChange(spIssuer: self.spIssuer, acsStyle: self.acsStyle, rolesMode: self.rolesMode)
    }

    /// What the values change of the identity provider.
    ///
    /// - Parameter current: The configuration as it is.
    /// - Returns: The change; certificates that cannot be read are left as they are, and come as mistakes.
    func samlChange(
        over current: IdentityProviderConfiguration?
    ) -> (change: SAMLConfigurationChange, mistakes: [ConfigurationMistakes.Mistake]) {
        var mistakes: [ConfigurationMistakes.Mistake] = []
        var certificates = (current?.certificates ?? []).filter { !self.removed.contains($0.sha256Fingerprint) }
        if !self.certificates.allSatisfy(\.isWhitespace) {
            do throws(CertificateRejection) {
                certificates += try SigningCertificate.parse(self.certificates).map { PinnedCertificate($0) }
            } catch {
                let rest = self.withoutPrivateKey.certificates
                let words = error == .privateKey && !rest.isEmpty ? Self.keyBesideCertificate : error.description
                mistakes.append(.init(field: "certificates", message: words))
            }
        }
        var change = SAMLConfigurationChange(
            signInURL: self.signInURL,
            issuer: self.issuer,
            certificates: mistakes.isEmpty ? certificates : current?.certificates,
            attributeNames: self.names,
            signaturePolicy: self.signaturePolicy,
            signRequests: self.signRequests,
            requestBinding: self.requestBinding,
            forceAuthn: self.forceAuthn,
            requestedAuthnContext: self.authnContext.split { $0.isWhitespace || $0 == "," }.map(String.init),
            nameIDPolicy: self.nameIDPolicy,
            sendLoginHint: self.sendLoginHint,
            requireEncryption: self.requireEncryption,
            sloURL: self.sloURL,
            sloBinding: self.sloBinding,
            sloResponseURL: self.sloURL.isEmpty ? "" : self.sloResponseURL,
            allowIdPInitiated: self.allowIdPInitiated,
            metadataRefresh: self.metadataRefresh
        )
        if !self.metadataURL.isEmpty, self.metadataURL != current?.metadataSource?.url {
            change.follow(metadataAt: self.metadataURL)
        } else if self.issuer != current?.issuer.value {
            // Somebody typed another provider, whose metadata is not the one that was followed.
            change.metadataRefresh = nil
        }
        return (change, mistakes)
    }

    /// The values without a private key that was pasted in the place of a certificate or beside one: it is not shown again.
    var withoutPrivateKey: SingleSignOnValues {
        let rest = SigningCertificate.withoutPrivateKeys(in: self.certificates)
        guard !rest.utf8.elementsEqual(self.certificates.utf8) else { return self }
        var values = self
        values.certificates = rest.allSatisfy(\.isWhitespace) ? "" : rest
        values.lacksPrivateKey = true
        return values
    }

    private static let keyBesideCertificate =
        "A private key stood beside the certificate, and is not shown again. Replace it at your provider: it has been"
        + " disclosed. What stands here now is the rest: look at it, and save again."
}
