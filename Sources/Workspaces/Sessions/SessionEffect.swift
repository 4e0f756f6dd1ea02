/// What has to happen to open sessions in the transaction of an administrative change.
package enum SessionEffect: Hashable, Sendable {
    /// Delete them and notify the other nodes (behavior S3).
    case revoke(SessionInvalidation)
    /// Notify the other nodes, so that the sessions take the new role or name (behavior S2).
    case refresh(SessionInvalidation)
}
