package import Workspaces

/// A space or a project in the list of a workspace's.
package struct PlaceEntry: Hashable, Sendable {
    /// The place.
    package let place: Place
    /// What there is of it.
    package let current: PlaceAdministration.Current
}
