/// The names under which an identity provider sends what Portico reads, exact and case-sensitive (behavior I1, Q17).
package struct AttributeNames: Hashable, Sendable {
    /// The attribute with the e-mail address: the only one that must be there.
    package var email: String
    /// The attribute with the name for human eyes.
    package var displayName: String
    /// The attribute with the given name.
    package var firstName: String
    /// The attribute with the family name.
    package var lastName: String
    /// The attribute with the names of groups.
    package var groups: String
    /// How several groups are written in their attribute.
    package var groupValues: GroupValues
    /// The attribute with values of the form `company_ROLE`.
    package var roles: String

    /// Makes a set of names; what is not given has Portico's own name.
    package init(
        email: String = "email",
        displayName: String = "displayName",
        firstName: String = "firstName",
        lastName: String = "lastName",
        groups: String = "groups",
        groupValues: GroupValues = .separate,
        roles: String = "roles"
    ) {
        self.email = email
        self.displayName = displayName
        self.firstName = firstName
        self.lastName = lastName
        self.groups = groups
        self.groupValues = groupValues
        self.roles = roles
    }
}
