/// Where an entity takes messages of one kind (saml-metadata 2.2.2).
package struct MetadataEndpoint: Hashable, Sendable {
    /// How the messages come; endpoints of other bindings are not read.
    package enum Binding: String, Hashable, Sendable, CaseIterable {
        /// HTTP-Redirect (saml-bindings 3.4).
        case httpRedirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        /// HTTP-POST (saml-bindings 3.5).
        case httpPOST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    }

    /// How messages come.
    package let binding: Binding
    /// The URL for requests, as it is written: whoever uses it checks it.
    package let location: String
    /// The URL for responses, where it is another one.
    package let responseLocation: String?

    /// Makes an endpoint.
    package init(binding: Binding, location: String, responseLocation: String? = nil) {
        self.binding = binding
        self.location = location
        self.responseLocation = responseLocation
    }
}
