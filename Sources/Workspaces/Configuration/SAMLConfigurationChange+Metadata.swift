package import SAML

extension SAMLConfigurationChange {
    /// Takes over what an identity provider's metadata says: sign-in URL, issuer and certificates.
    ///
    /// The values go the same way as typed ones: ``applied(to:loopbackHTTP:)`` checks them.
    ///
    /// - Parameters:
    ///   - metadata: What was read.
    ///   - certificates: Its certificates, as `XMLSecurity` read them.
    /// - Throws: A mistake when people can be sent there by HTTP-POST alone.
    package mutating func take(
        _ metadata: IdPMetadata,
        certificates: [PinnedCertificate]
    ) throws(ConfigurationMistakes) {
        guard let signInURL = metadata.signInURL(by: .httpRedirect) else {
            throw ConfigurationMistakes(mistakes: [
                .init(
                    field: "sign_in_url",
                    message: "The metadata takes sign-in requests by HTTP-POST alone, and Portico sends them by"
                        + " HTTP-Redirect. Switch HTTP-Redirect on at your identity provider and import again."
                )
            ])
        }
        self.signInURL = signInURL
        self.issuer = metadata.entityID.value
        self.certificates = certificates
    }
}
