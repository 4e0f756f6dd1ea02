/// saml-core 3.3.4: a name identifier strongly matches another when the content and all attributes are the same.
///
/// What is left out stands for its default: no Format for `unspecified` (8.3.1), no qualifier for the two providers
/// between whom the identifier is used (8.3.7). Both identifiers come from the same identity provider, signed.
extension NameID {
    /// The format of an identifier that names none (saml-core 8.3.1).
    package static let unspecifiedFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"

    /// Whether two identifiers name the same person.
    ///
    /// - Parameters:
    ///   - other: Another identifier.
    ///   - identityProvider: The provider that both came from.
    ///   - serviceProvider: The provider that both were made for.
    /// - Returns: Whether every part is the same, octet by octet.
    package func matches(_ other: NameID, from identityProvider: EntityID, for serviceProvider: EntityID) -> Bool {
        let parts = { (name: NameID) in
            [
                name.value, name.format ?? Self.unspecifiedFormat, name.nameQualifier ?? identityProvider.value,
                name.spNameQualifier ?? serviceProvider.value,
            ]
        }
        return zip(parts(self), parts(other)).allSatisfy { $0.isExactly($1) }
    }
}
