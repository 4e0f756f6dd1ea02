/// Whether the person of an address is known to the installation.
///
/// The answer decides nothing but which identifier a new membership gets: being known elsewhere gives no right here
/// (behavior I2, X1).
package enum UserRegistration: Hashable, Sendable {
    /// The address has a user row with this identifier.
    case registered(UserID)
    /// The address has none; a new row would get this fresh identifier.
    case unregistered(newID: UserID)

    /// The identifier in either case.
    package var userID: UserID {
        switch self {
        case .registered(let id): id
        case .unregistered(let newID): newID
        }
    }
}
