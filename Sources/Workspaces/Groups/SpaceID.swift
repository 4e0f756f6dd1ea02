/// The identifier of a space, a collection of projects inside a workspace; upstreams know what it means.
package struct SpaceID: Hashable, Sendable, CustomStringConvertible {
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
