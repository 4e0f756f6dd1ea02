/// Where a key of the identity token is in its life, which is a matter of time alone.
package enum IdentityKeyState: String, Hashable, Sendable, CaseIterable {
    /// It is published, so that upstreams know it in time, and signs nothing yet.
    case next
    /// It signs.
    case active
    /// It signs no more and is still published.
    case former
    /// It is published no more.
    case retired
}
