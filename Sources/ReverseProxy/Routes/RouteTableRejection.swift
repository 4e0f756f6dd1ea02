/// Why routes are not accepted: every mistake, a sentence each.
package struct RouteTableRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The mistakes.
    package let problems: [String]

    package var description: String { self.problems.joined(separator: " ") }
}
