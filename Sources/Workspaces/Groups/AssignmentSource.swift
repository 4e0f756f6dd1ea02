/// What put a person into a space or a project.
package enum AssignmentSource: String, Hashable, Sendable, CaseIterable {
    /// An administrator.
    case manual
    /// A group mapping.
    case samlGroups = "saml_groups"
    /// The SCIM client.
    case scim
}
