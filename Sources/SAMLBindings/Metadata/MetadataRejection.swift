package import FoundationEssentials
package import SAML
package import XMLSecurity

/// Why a document is not taken as an identity provider's metadata.
package enum MetadataRejection: Error, Hashable, Sendable {
    /// A certificate, or another PEM block.
    case certificateInstead
    /// A web page: the address shows metadata to people, or a sign-in page.
    case webPageInstead
    /// JSON: the configuration of OpenID Connect, most likely.
    case jsonInstead
    /// The XML parser refused it.
    case xml(XMLRejection)
    /// XML of another kind.
    case notMetadata
    /// A SAML response, request or assertion.
    case messageInstead
    /// Several entities, of which none was named; those among them that are identity providers.
    case severalEntities([EntityID])
    /// No entity has the name that was asked for; the identity providers that there are.
    case entityNotFound(EntityID, among: [EntityID])
    /// Two entities of one name.
    case entityRepeated
    /// The metadata of a service provider.
    case serviceProvider
    /// An entity without the role of a SAML identity provider.
    case noIdentityProvider
    /// An identity provider of SAML 1.1 or another protocol.
    case otherProtocol
    /// Two roles as a SAML 2.0 identity provider in one entity.
    case severalRoles
    /// The document's `validUntil` is past.
    case expired(Date)
    /// No certificate to verify signatures with.
    case noSigningCertificate
    /// A certificate that cannot be used.
    case certificate(CertificateRejection)
    /// No sign-in service by HTTP-Redirect or HTTP-POST.
    case noSignInService
    /// A service whose URL is of another scheme than http and https.
    case endpointScheme
    /// A part that is there but not of its form, by its name.
    case malformed(String)
}

extension MetadataRejection: CustomStringConvertible {
    /// Sentences that say what is wrong and what to give instead.
    package var description: String {
        switch self {
        case .certificateInstead:
            "This is a certificate or a key, not metadata. Give the metadata as XML, or configure the sign-in URL, the"
                + " issuer and the certificate one by one."
        case .webPageInstead:
            "This is a web page, not metadata. Give the address, or the file, of the XML document itself, which begins"
                + " with EntityDescriptor."
        case .jsonInstead:
            "This is JSON, perhaps the configuration of OpenID Connect. Give the identity provider's SAML metadata,"
                + " which is XML."
        case .xml(let rejection):
            "This cannot be read as metadata. \(rejection.description) Download the metadata again and give it unchanged."
        case .notMetadata:
            "This is XML but not SAML metadata. Give the document that begins with EntityDescriptor."
        case .messageInstead:
            "This is a SAML message, not metadata. Give the identity provider's metadata, which begins with"
                + " EntityDescriptor."
        case .severalEntities(let names):
            "This is a list of entities. Say which one is meant\(Self.list(names, before: ", by its entity ID:"))."
        case .entityNotFound(let name, let among):
            "There is no entity \(name) in this metadata"
                + "\(Self.list(among, before: "; its identity providers are")). Correct the entity ID."
        case .entityRepeated:
            "The entity is described twice. Give the metadata of the identity provider alone."
        case .serviceProvider:
            "This is the metadata of a service provider, perhaps Portico's own. Give that of the identity provider."
        case .noIdentityProvider:
            "The entity is no SAML identity provider. Give the metadata that has an IDPSSODescriptor."
        case .otherProtocol:
            "The identity provider does not speak SAML 2.0 according to its metadata. Give its SAML 2.0 metadata."
        case .severalRoles:
            "The entity describes two identity providers. Configure the sign-in URL, the issuer and the certificate of"
                + " the one that is meant one by one."
        case .expired(let instant):
            "The metadata was valid until \(SAMLInstant.format(instant)). Download the present one."
        case .noSigningCertificate:
            "The metadata has no certificate that the identity provider signs with. Download it again after a signing"
                + " certificate was chosen there, or configure the certificate by itself."
        case .certificate(let rejection):
            "A signing certificate of the metadata cannot be used. \(rejection.description)"
        case .noSignInService:
            "The metadata has no sign-in service by HTTP-Redirect or HTTP-POST. Switch one of them on at the identity"
                + " provider and download the metadata again."
        case .endpointScheme:
            "The metadata has a service whose URL is not a web address. Correct it at the identity provider: it must"
                + " begin with https://."
        case .malformed(let part):
            "The metadata's \(part) is not of the form that SAML wants. Download the metadata again and give it unchanged."
        }
    }

    /// A few names are enough to find one's own.
    private static func list(_ names: [EntityID], before lead: String) -> String {
        guard !names.isEmpty else { return "" }
        let shown = names.prefix(5).map(\.value).joined(separator: ", ")
        return names.count > 5 ? "\(lead) \(shown) and \(names.count - 5) more" : "\(lead) \(shown)"
    }
}
