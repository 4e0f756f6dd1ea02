/// Which assertion consumer service a workspace uses; it is the only one where its responses are accepted (behavior Q6).
package enum AssertionConsumerServiceStyle: String, Hashable, Sendable, CaseIterable {
    /// The one that all workspaces share, so that one application at the identity provider can serve several.
    case shared
    /// One with the Company ID in its path.
    case own
}
