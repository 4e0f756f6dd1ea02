/// What one of Portico's own SAML keys is for; one key never serves both (saml-metadata 2.4.1.1).
package enum SPKeyUse: String, Hashable, Sendable, CaseIterable {
    /// It signs requests and logout messages.
    case signing
    /// It decrypts what an identity provider encrypted to us.
    case encryption
}
