/// One way to put a subtree of a message somewhere else.
struct Transplant: Hashable, Sendable {
    /// What becomes of the place where the subtree was, and of the place where it goes.
    enum Operation: Hashable, Sendable, CaseIterable {
        /// The subtree stays where it was.
        case copy
        /// The subtree leaves the place where it was.
        case move
        /// The subtree stays, and takes the place of the element that it is put in front of.
        case replace
    }

    /// A part of the message.
    enum Side: Hashable, Sendable, CaseIterable {
        /// The subtree in its new place.
        case transplanted
        /// Everything else.
        case rest
    }

    let operation: Operation
    /// The part that names the attacker's person; nil when nobody is exchanged.
    let forged: Side?
    /// The part whose identifiers are changed, so that no identifier is there twice.
    let renamed: Side?
    /// Whether the forged part loses its signatures.
    let dropsSignatures: Bool

    /// Every combination.
    static let all: [Transplant] = Operation.allCases.flatMap { operation in
        let sides = [nil] + Side.allCases.map(Optional.some)
        return sides.flatMap { forged in
            sides.flatMap { renamed in
                (forged == nil ? [false] : [false, true])
                    .map {
                        Transplant(operation: operation, forged: forged, renamed: renamed, dropsSignatures: $0)
                    }
            }
        }
    }
}
