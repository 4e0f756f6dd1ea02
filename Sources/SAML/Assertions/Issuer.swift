/// The entity that a message or an assertion says it comes from (saml-core 2.2.5): a claim until ``IssuerRule`` has
/// compared it with the configured identity provider and a signature covers it.
package struct Issuer: Hashable, Sendable {
    /// The only Format that the Web Browser SSO profile allows here (saml-core 8.3.6).
    package static let entityFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"

    /// The text of the element, untrimmed.
    package let value: String
    /// The Format URI, when the element has one.
    package let format: String?

    /// Makes an issuer from the parts of a message.
    package init(_ value: String, format: String? = nil) {
        self.value = value
        self.format = format
    }
}
