/// When a workspace reads the `roles` attribute (behavior Q1).
package enum RolesMode: String, Hashable, Sendable, CaseIterable {
    /// From the first checked response that carries it; from then on a response without it is refused.
    case auto
    /// Always: a response without it is refused.
    case required
    /// Never.
    case off
}
