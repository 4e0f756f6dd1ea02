/// How many active members somebody wants a workspace to have at most (behavior C1).
package enum SeatLimit: Hashable, Sendable {
    /// So many.
    case seats(Int)
    /// As many as there are people.
    case unlimited

    /// The number of seats; `nil` for no limit.
    var number: Int? {
        switch self {
        case .seats(let number): number
        case .unlimited: nil
        }
    }
}
