/// What a request says of the NameID in the answer (saml-core 3.4.1.1).
///
/// It is a wish, for identity providers that need to be told: a person is known by an attribute, never by the NameID,
/// which single logout alone sends back as it came.
package enum NameIDPolicy: String, Hashable, Sendable, CaseIterable {
    /// Whatever format the identity provider likes.
    case any
    /// The format that leaves it to the identity provider by its name.
    case unspecified
    /// An e-mail address.
    case email
    /// The same opaque value at each sign-in.
    case persistent
    /// A new value at each sign-in.
    case transient
    /// The request has no NameIDPolicy.
    case omitted

    /// The Format attribute; `nil` for none (saml-core 8.3).
    package var format: String? {
        switch self {
        case .any, .omitted: nil
        case .unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
        case .email: NameID.emailFormat
        case .persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
        case .transient: NameID.transientFormat
        }
    }

    /// Whether the identity provider may make a new identifier, which is not asked of transient ones (saml errata E14).
    package var allowsCreation: Bool { self != .transient }
}
