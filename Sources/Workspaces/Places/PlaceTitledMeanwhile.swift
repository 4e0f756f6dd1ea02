/// Somebody else named a space or a project after somebody began to.
package struct PlaceTitledMeanwhile: Error, Hashable, Sendable {
    /// The name that it has now.
    package let title: String?
}
