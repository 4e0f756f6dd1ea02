/// The upstream's identifier of a project: forwarded, never interpreted (behavior G6).
package struct ProjectID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as upstreams get it.
    package let value: String

    /// Takes an identifier.
    ///
    /// - Returns: `nil` unless the text is one that ``OpaqueIdentifier`` accepts.
    package init?(_ value: String) {
        guard OpaqueIdentifier.isAcceptable(value) else { return nil }
        self.value = value
    }

    package var description: String { self.value }
}
