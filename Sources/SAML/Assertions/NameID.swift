/// An identifier of the person that an assertion is about (saml-core 2.2.3).
///
/// Within a workspace the e-mail attribute is the identity; the identifier is kept for single logout and for the audit.
package struct NameID: Hashable, Sendable {
    /// The format for identifiers that are e-mail addresses (saml-core 8.3.2).
    package static let emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    /// The format for identifiers that change with every sign-in (saml-core 8.3.8).
    package static let transientFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"

    /// The identifier itself, untrimmed.
    package let value: String
    /// The Format URI, when the message has one.
    package let format: String?
    /// The domain that qualifies the identifier, usually the identity provider's.
    package let nameQualifier: String?
    /// The service provider, or the affiliation, that the identifier was made for.
    package let spNameQualifier: String?

    /// Makes an identifier from the parts of a message.
    package init(
        value: String,
        format: String? = nil,
        nameQualifier: String? = nil,
        spNameQualifier: String? = nil
    ) {
        self.value = value
        self.format = format
        self.nameQualifier = nameQualifier
        self.spNameQualifier = spNameQualifier
    }
}
