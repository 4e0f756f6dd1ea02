package import FoundationEssentials
package import SAML
import XMLSecurity

/// Reads an identity provider's metadata (saml-metadata 2.3 and 2.4.3; saml-security D20).
///
///     EntitiesDescriptor*                    only with an entity that was named
///     └ EntityDescriptor                     its entityID is the issuer
///         ├ IDPSSODescriptor                 the only role that counts, of SAML 2.0, exactly one
///         │   ├ KeyDescriptor                use="signing", or without use; its X509Certificates
///         │   ├ SingleLogoutService          by HTTP-Redirect or HTTP-POST
///         │   ├ NameIDFormat
///         │   └ SingleSignOnService          by HTTP-Redirect or HTTP-POST, at least one
///         └ everything else                  not looked at: other roles and their keys, extensions, signatures
///
/// The document is as hostile as a response and goes through the same parser, under limits of its own; comments, which
/// people write into metadata, are dropped. Every step goes to direct children by their expanded name, so that nothing
/// inside an extension or another role is ever taken for the role's own. No signature is checked: the trust comes from
/// whoever compared the fingerprints, or from the https address.
package enum IdPMetadataReader {
    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document as it came.
    ///   - entityID: The entity that is meant; may be `nil` for a document of one EntityDescriptor.
    ///   - now: The present, for `validUntil`.
    /// - Returns: What the role says; its certificates were read and checked, its URLs were not.
    /// - Throws: The first reason not to take it, in words for whoever gave it.
    package static func read(
        _ bytes: [UInt8],
        entityID: EntityID? = nil,
        now: Date
    ) throws(MetadataRejection) -> IdPMetadata {
        try MetadataLookalike.refuse(bytes)
        let root: XMLElement
        do throws(XMLRejection) {
            root = try XMLDocument.parse(bytes, limits: .samlMetadata, comments: .dropped).root
        } catch {
            throw .xml(error)
        }
        let entity = try MetadataEntity.find(entityID, in: root)
        let role = try Self.role(of: entity.element)
        let lifetime = try MetadataLifetime(of: entity.path + [role])
        if let validUntil = lifetime.validUntil, validUntil <= now { throw .expired(validUntil) }

        let services = try MetadataEndpoint.read("SingleSignOnService", of: role)
        guard !services.isEmpty else { throw .noSignInService }
        return IdPMetadata(
            entityID: entity.id,
            signInServices: services,
            logoutServices: try MetadataEndpoint.read("SingleLogoutService", of: role),
            signingCertificates: try MetadataKeys.signingCertificates(of: role),
            wantsSignedRequests: try Self.flag("WantAuthnRequestsSigned", of: role),
            nameIDFormats: try Self.nameIDFormats(of: role),
            validUntil: lifetime.validUntil,
            cacheDuration: lifetime.cacheDuration
        )
    }

    /// The only role as a SAML 2.0 identity provider.
    private static func role(of entity: XMLElement) throws(MetadataRejection) -> XMLElement {
        let roles = entity.children(named: .metadata("IDPSSODescriptor"))
        guard !roles.isEmpty else {
            let isServiceProvider = entity.firstChild(named: .metadata("SPSSODescriptor")) != nil
            throw isServiceProvider ? .serviceProvider : .noIdentityProvider
        }
        let speaking = roles.filter { role in
            let protocols = role.attribute("protocolSupportEnumeration") ?? ""
            return protocols.split(whereSeparator: \.isXMLWhitespace).contains { $0 == SAMLNamespace.protocols }
        }
        guard let role = speaking.first else { throw .otherProtocol }
        guard speaking.count == 1 else { throw .severalRoles }
        return role
    }

    /// An attribute of type `xs:boolean`; false where it is absent.
    private static func flag(_ name: String, of role: XMLElement) throws(MetadataRejection) -> Bool {
        switch role.attribute(name) {
        case nil, "false", "0": return false
        case "true", "1": return true
        case _: throw .malformed(name)
        }
    }

    private static func nameIDFormats(of role: XMLElement) throws(MetadataRejection) -> [String] {
        var formats: [String] = []
        for element in role.children(named: .metadata("NameIDFormat")) {
            formats.append(try element.metadataText())
        }
        return formats
    }
}
