package import SAML

extension SAMLConfigurationChange {
    /// Takes over what an identity provider's metadata says: sign-in URL with its binding, issuer, certificates and
    /// single logout service.
    ///
    /// The binding is the one that this change asks for; otherwise it stays as it is where the metadata offers it, and
    /// HTTP-Redirect comes before HTTP-POST. The single logout service is chosen likewise, unless this change names one, and
    /// stays as it is where the metadata has none. The values go the same way as typed ones: ``applied(to:loopbackHTTP:)``
    /// checks them.
    ///
    /// - Parameters:
    ///   - metadata: What was read.
    ///   - certificates: Its certificates, as `XMLSecurity` read them.
    ///   - current: The configuration as it is.
    /// - Throws: A mistake when people cannot be sent there by the binding that this change asks for.
    package mutating func take(
        _ metadata: IdPMetadata,
        certificates: [PinnedCertificate],
        over current: IdentityProviderConfiguration?
    ) throws(ConfigurationMistakes) {
        let wanted = self.requestBinding.map { [$0] } ?? [current?.requestBinding ?? .redirect, .redirect, .post]
        let offered = wanted.lazy.compactMap { binding in
            metadata.signInURL(by: binding == .post ? .httpPOST : .httpRedirect).map { (binding, $0) }
        }
        guard let (binding, signInURL) = offered.first else {
            throw ConfigurationMistakes(mistakes: [
                .init(
                    field: "request_binding",
                    message:
                        "The metadata has no sign-in service for this binding. Ask for the other one, or switch this"
                        + " one on at your identity provider and import again."
                )
            ])
        }
        self.requestBinding = binding
        self.signInURL = signInURL
        self.issuer = metadata.entityID.value
        self.certificates = certificates
        if self.sloURL == nil { self.takeSingleLogout(metadata) }
    }

    private mutating func takeSingleLogout(_ metadata: IdPMetadata) {
        let wanted = self.sloBinding.map { [$0] } ?? [.redirect, .post]
        let offered = wanted.lazy.compactMap { binding in
            let name: MetadataEndpoint.Binding = binding == .post ? .httpPOST : .httpRedirect
            return metadata.logoutServices.first { $0.binding == name }.map { (binding, $0) }
        }
        guard let (binding, service) = offered.first else { return }
        self.sloURL = service.location
        self.sloBinding = binding
        self.sloResponseURL = service.responseLocation ?? ""
    }
}
