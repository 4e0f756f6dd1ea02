/// Where a workspace's metadata is fetched from, and what becomes of what it says.
package struct MetadataSource: Hashable, Sendable {
    private static let longestURL = 2048

    /// The https URL.
    package let url: String
    /// What becomes of metadata that says something else than before.
    package var mode: MetadataRefreshMode

    /// Makes a source.
    ///
    /// Whether a fetch may go there is asked at each fetch, about the addresses that the host has then.
    ///
    /// - Returns: `nil` for a text that is no https URL of visible ASCII, or is longer than 2048 characters.
    package init?(url: String, mode: MetadataRefreshMode = .pinned) {
        guard url.utf8.count <= Self.longestURL, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
            url.lowercased().hasPrefix("https://")
        else { return nil }
        self.url = url
        self.mode = mode
    }
}
