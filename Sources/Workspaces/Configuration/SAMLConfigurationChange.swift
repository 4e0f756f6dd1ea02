package import SAML

/// What somebody wants changed in a workspace's SAML configuration; what is `nil` stays as it is (behavior T8).
///
/// ``applied(to:loopbackHTTP:)`` is the only check between a form, a flag or a file and the configuration that sign-ins
/// rest on.
package struct SAMLConfigurationChange: Hashable, Sendable {
    /// Where the browser is sent.
    package var signInURL: String?
    /// The issuer of every response.
    package var issuer: String?
    /// The certificates, as `XMLSecurity` read them; they replace the ones that are there.
    package var certificates: [PinnedCertificate]?
    /// The names of the attributes.
    package var attributeNames: AttributeNames?
    /// The signatures that are wanted.
    package var signaturePolicy: SignaturePolicy?
    /// Whether requests are signed.
    package var signRequests: Bool?
    /// How requests travel.
    package var requestBinding: RequestBinding?
    /// Whether the person has to authenticate anew at each sign-in.
    package var forceAuthn: Bool?
    /// The classes of authentication of which one is wanted; an empty list wants none in particular.
    package var requestedAuthnContext: [String]?
    /// What requests say of the NameID.
    package var nameIDPolicy: NameIDPolicy?
    /// Whether the address that a link to the sign-in names goes along as the request's Subject.
    package var sendLoginHint: Bool?
    /// Whether an assertion that is not encrypted is refused.
    package var requireEncryption: Bool?
    /// Where logout requests are sent; an empty text takes single logout away.
    package var sloURL: String?
    /// How logout messages travel.
    package var sloBinding: RequestBinding?
    /// Where logout responses are sent, if not to ``sloURL``; an empty text takes it away.
    package var sloResponseURL: String?
    /// Whether a sign-in may begin at the identity provider.
    package var allowIdPInitiated: Bool?
    /// What becomes of metadata that is fetched anew.
    package var metadataRefresh: MetadataRefreshMode?
    /// Where the metadata came from that this change takes over; `nil` for what a person typed.
    var metadataOrigin: MetadataOrigin?

    /// Makes a change; what is not given stays as it is.
    package init(
        signInURL: String? = nil,
        issuer: String? = nil,
        certificates: [PinnedCertificate]? = nil,
        attributeNames: AttributeNames? = nil,
        signaturePolicy: SignaturePolicy? = nil,
        signRequests: Bool? = nil,
        requestBinding: RequestBinding? = nil,
        forceAuthn: Bool? = nil,
        requestedAuthnContext: [String]? = nil,
        nameIDPolicy: NameIDPolicy? = nil,
        sendLoginHint: Bool? = nil,
        requireEncryption: Bool? = nil,
        sloURL: String? = nil,
        sloBinding: RequestBinding? = nil,
        sloResponseURL: String? = nil,
        allowIdPInitiated: Bool? = nil,
        metadataRefresh: MetadataRefreshMode? = nil
    ) {
        self.signInURL = signInURL
        self.issuer = issuer
        self.certificates = certificates
        self.attributeNames = attributeNames
        self.signaturePolicy = signaturePolicy
        self.signRequests = signRequests
        self.requestBinding = requestBinding
        self.forceAuthn = forceAuthn
        self.requestedAuthnContext = requestedAuthnContext
        self.nameIDPolicy = nameIDPolicy
        self.sendLoginHint = sendLoginHint
        self.requireEncryption = requireEncryption
        self.sloURL = sloURL
        self.sloBinding = sloBinding
        self.sloResponseURL = sloResponseURL
        self.allowIdPInitiated = allowIdPInitiated
        self.metadataRefresh = metadataRefresh
    }

    /// Checks the change together with what is there and makes the configuration that results.
    ///
    /// - Parameters:
    ///   - current: The configuration as it is; `nil` while there is none, in which case sign-in URL, issuer and
    ///     certificates are wanted, and the result is not enabled.
    ///   - loopbackHTTP: Whether a plain http URL on this machine is accepted.
    /// - Returns: The configuration to save.
    /// - Throws: All mistakes together.
    package func applied(
        to current: IdentityProviderConfiguration?,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws(ConfigurationMistakes) -> IdentityProviderConfiguration {
        let signInURL = self.signInURL ?? current?.signInURL ?? ""
        let issuerText = self.issuer ?? current?.issuer.value ?? ""
        let issuer = EntityID(issuerText)
        let certificates = self.certificates.map(Self.withoutDuplicates) ?? current?.certificates ?? []
        let names = self.attributeNames ?? current?.attributeNames ?? AttributeNames()
        let singleLogout = self.singleLogout(over: current?.singleLogout)
        let forceAuthn = self.forceAuthn ?? current?.forceAuthn ?? false
        let allowIdPInitiated = self.allowIdPInitiated ?? current?.allowIdPInitiated ?? false

        var mistakes: [ConfigurationMistakes.Mistake] = []
        if let message = SignInURLRule.mistake(in: signInURL, loopbackHTTP: loopbackHTTP) {
            mistakes.append(.init(field: "sign_in_url", message: message))
        }
        if let message = IssuerRule.mistake(in: issuerText, current: current?.issuer) {
            mistakes.append(.init(field: "issuer", message: message))
        }
        if let message = Self.certificatesMessage(certificates) {
            mistakes.append(.init(field: "certificates", message: message))
        }
        mistakes += Self.nameMistakes(names)
        mistakes += self.singleLogoutMistakes(singleLogout, loopbackHTTP: loopbackHTTP)
        if forceAuthn, allowIdPInitiated {
            mistakes.append(
                .init(
                    field: "allow_idp_initiated",
                    message: "A sign-in that begins at the identity provider cannot prove that the person authenticated"
                        + " anew. Switch force_authn off, or this."
                )
            )
        }
        let (authnContext, contextMistakes) = self.authnContext(over: current)
        let (metadataSource, sourceMistakes) = self.metadataSource(over: current)
        mistakes += contextMistakes + sourceMistakes
        guard let issuer, mistakes.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes) }
        return IdentityProviderConfiguration(
            enabled: current?.enabled ?? false,
            signInURL: signInURL,
            issuer: issuer,
            certificates: certificates,
            attributeNames: names,
            signaturePolicy: self.signaturePolicy ?? current?.signaturePolicy ?? .either,
            signRequests: self.signRequests ?? current?.signRequests ?? false,
            requestBinding: self.requestBinding ?? current?.requestBinding ?? .redirect,
            forceAuthn: forceAuthn,
            requestedAuthnContext: authnContext,
            nameIDPolicy: self.nameIDPolicy ?? current?.nameIDPolicy ?? .any,
            sendLoginHint: self.sendLoginHint ?? current?.sendLoginHint ?? false,
            requireEncryption: self.requireEncryption ?? current?.requireEncryption ?? false,
            singleLogout: singleLogout,
            allowIdPInitiated: allowIdPInitiated,
            metadataSource: metadataSource
        )
    }

    /// A bundle often names a certificate twice; once is enough.
    private static func withoutDuplicates(_ certificates: [PinnedCertificate]) -> [PinnedCertificate] {
        var seen: Set<[UInt8]> = []
        return certificates.filter { seen.insert($0.der).inserted }
    }

    private static func certificatesMessage(_ certificates: [PinnedCertificate]) -> String? {
        let paste =
            "Paste the public certificate with which your identity provider signs: from -----BEGIN CERTIFICATE-----"
            + " to -----END CERTIFICATE-----, or only the base64 between them."
        if certificates.isEmpty { return "There is none. \(paste)" }
        guard certificates.count > IdentityProviderConfiguration.maximumCertificates else { return nil }
        return
            "There are \(certificates.count), and at most \(IdentityProviderConfiguration.maximumCertificates) may be"
            + " pinned. Leave out those that your identity provider no longer signs with."
    }

    private static func nameMistakes(_ names: AttributeNames) -> [ConfigurationMistakes.Mistake] {
        let fields = [
            ("email", names.email), ("display_name", names.displayName), ("first_name", names.firstName),
            ("last_name", names.lastName), ("groups", names.groups), ("roles", names.roles),
        ]
        var mistakes = fields.compactMap { field, name -> ConfigurationMistakes.Mistake? in
            guard !AttributeNameRule.isAcceptable(name) else { return nil }
            return .init(
                field: "attributes.\(field)",
                message: "It is empty, longer than 256 characters, or has white space around it. Give the name of the"
                    + " attribute exactly as your identity provider sends it."
            )
        }
        // One attribute cannot be both the identity and the entitlement.
        if names.email.utf8.elementsEqual(names.roles.utf8) {
            mistakes.append(
                .init(field: "attributes.roles", message: "It is the attribute of the e-mail address. Give another.")
            )
        }
        return mistakes
    }
}
