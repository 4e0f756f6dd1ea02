import SAML

extension SAMLConfigurationChange {
    /// The classes of authentication that result, and what is wrong with those that are wanted.
    func authnContext(
        over current: IdentityProviderConfiguration?
    ) -> (RequestedAuthnContext?, [ConfigurationMistakes.Mistake]) {
        guard let wanted = self.requestedAuthnContext else { return (current?.requestedAuthnContext, []) }
        guard !wanted.isEmpty else { return (nil, []) }
        if let context = RequestedAuthnContext(wanted) { return (context, []) }
        let mistake = ConfigurationMistakes.Mistake(
            field: "authn_context",
            message:
                "It is no list of 1 to \(RequestedAuthnContext.maximumCount) classes of authentication. Give each as"
                + " the URI that your identity provider sends in AuthnContextClassRef, or by its SAML name, such as"
                + " PasswordProtectedTransport."
        )
        return (nil, [mistake])
    }
}
