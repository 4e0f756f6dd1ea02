/// Where the metadata came from that a change takes over.
package enum MetadataOrigin: Hashable, Sendable {
    /// A file, which nobody can fetch again.
    case file
    /// An https URL.
    case url(String)
}
