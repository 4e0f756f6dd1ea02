package import Workspaces

/// Everything about a space or a project that its page shows.
package struct PlaceDetail: Hashable, Sendable {
    /// The place.
    package let place: Place
    /// What there is of it.
    package let current: PlaceAdministration.Current
    /// The groups that open it, by name, and in a project as what; a part of them.
    package let groups: [String]
    /// The people in it, by address; a part of them.
    package let members: [PlaceMember]
    /// Behind which address the people go on; `nil` at their end.
    package let next: Email?
}
