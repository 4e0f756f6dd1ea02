/// What becomes of metadata that says something else than before.
package enum MetadataRefreshMode: String, Hashable, Sendable, CaseIterable {
    /// It is fetched anew; a new certificate, or one that is gone, waits for an administrator's word.
    case pinned
    /// It is fetched anew and taken: new certificates count at once, old ones as long as they are listed.
    case automatic
    /// It is fetched when an administrator says so, and then as with ``pinned``.
    case off
}
