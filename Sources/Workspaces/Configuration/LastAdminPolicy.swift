/// What happens when the identity provider takes the administrator's role from the last one (behavior Q10, A4).
package enum LastAdminPolicy: String, Hashable, Sendable, CaseIterable {
    /// The role is taken, and the operator is told.
    case demote
    /// The role is kept, and the audit log says so: the option `protect_last_admin`.
    case keep
}
