/// Somebody whom the local identity provider knows.
package struct Person: Hashable, Sendable, Codable {
    /// What the person types as the password.
    package var password: String

    /// What the identity provider asserts, by attribute name; a name without values is asserted empty, an absent name
    /// is not asserted.
    package var attributes: [String: [String]]

    /// A person with a password and attributes.
    package init(password: String, attributes: [String: [String]]) {
        self.password = password
        self.attributes = attributes
    }
}
