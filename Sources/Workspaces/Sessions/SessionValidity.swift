/// What a session is worth at an instant.
package enum SessionValidity: Hashable, Sendable {
    /// It opens the workspace.
    case valid
    /// It has reached its absolute end.
    case expired
    /// Too much time went by without a request.
    case idle
}
