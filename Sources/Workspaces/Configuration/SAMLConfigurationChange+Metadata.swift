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
    ///   - origin: Where it came from; a URL is kept, to fetch it anew.
    ///   - current: The configuration as it is.
    /// - Throws: A mistake when people cannot be sent there by the binding that this change asks for.
    package mutating func take(
        _ metadata: IdPMetadata,
        certificates: [PinnedCertificate],
        from origin: MetadataOrigin,
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
        if self.sloURL == nil { self.takeSingleLogout(metadata, over: current) }
        self.metadataOrigin = origin
    }

    /// Says that the values were taken from metadata at an address, where it is fetched anew from now on.
    ///
    /// A form that was filled from metadata carries the address; what somebody changed in it stands beside what the
    /// metadata says, and the next fetch proposes the difference.
    package mutating func follow(metadataAt url: String) {
        self.metadataOrigin = .url(url)
    }

    private mutating func takeSingleLogout(_ metadata: IdPMetadata, over current: IdentityProviderConfiguration?) {
        let kept = current?.singleLogout?.binding ?? .redirect
        let wanted = self.sloBinding.map { [$0] } ?? [kept, .redirect, .post]
        let offered = wanted.lazy.compactMap { binding in
            let name: MetadataEndpoint.Binding = binding == .post ? .httpPOST : .httpRedirect
            return metadata.logoutServices.first { $0.binding == name }.map { (binding, $0) }
        }
        guard let (binding, service) = offered.first else { return }
        self.sloURL = service.location
        self.sloBinding = binding
        self.sloResponseURL = service.responseLocation ?? ""
    }

    /// Where metadata is fetched from after this change.
    ///
    /// Another issuer that somebody types is another identity provider, whose metadata is elsewhere; the same holds for
    /// metadata from a file.
    func metadataSource(
        over current: IdentityProviderConfiguration?
    ) -> (source: MetadataSource?, mistakes: [ConfigurationMistakes.Mistake]) {
        var source: MetadataSource?
        switch self.metadataOrigin {
        case .file:
            source = nil
        case .url(let url):
            // Automatic was said of one address; another one has to be trusted anew.
            let followed = current?.metadataSource.flatMap { $0.url.utf8.elementsEqual(url.utf8) ? $0.mode : nil }
            source = MetadataSource(url: url, mode: followed ?? .pinned)
            guard source != nil else {
                let message = "It is not an https URL of at most 2048 characters. Give the address of the metadata."
                return (nil, [.init(field: "metadata_url", message: message)])
            }
        case nil:
            let isAnother = self.issuer.map { !$0.utf8.elementsEqual((current?.issuer.value ?? "").utf8) } ?? false
            source = isAnother ? nil : current?.metadataSource
        }
        if let mode = self.metadataRefresh {
            guard source != nil else {
                let message = "There is no metadata URL to fetch from. Import the metadata from its https URL first."
                return (nil, [.init(field: "metadata_refresh", message: message)])
            }
            source?.mode = mode
        }
        return (source, source?.mode == .automatic ? self.mistakesBesideAutomaticRefresh(current) : [])
    }

    /// What a person types beside automatic metadata would be gone with the next refresh.
    private func mistakesBesideAutomaticRefresh(
        _ current: IdentityProviderConfiguration?
    ) -> [ConfigurationMistakes.Mistake] {
        guard self.metadataOrigin == nil, let current else { return [] }
        var fields: [String] = []
        if let signInURL = self.signInURL, signInURL != current.signInURL { fields.append("sign_in_url") }
        if let certificates = self.certificates, Set(certificates.map(\.der)) != Set(current.certificates.map(\.der)) {
            fields.append("certificates")
        }
        return fields.map { field in
            .init(
                field: field,
                message: "It comes from the metadata, automatically, and would be gone with the next refresh. Choose"
                    + " metadata_refresh pinned at the same time, or leave it out."
            )
        }
    }
}
