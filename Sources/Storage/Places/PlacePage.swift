/// A part of the list of spaces or projects.
package struct PlacePage: Hashable, Sendable {
    /// The places, by identifier.
    package let entries: [PlaceEntry]
    /// Behind which identifier the list goes on; `nil` at its end.
    package let next: String?
}
