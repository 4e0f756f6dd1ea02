package import FoundationEssentials

/// How many people signed in and were refused on a day, in UTC.
package struct SignInCount: Hashable, Sendable {
    /// The first instant of the day.
    package let day: Date
    /// How many signed in.
    package let done: Int
    /// How many were refused.
    package let refused: Int

    /// Takes the numbers of a day.
    package init(day: Date, done: Int, refused: Int) {
        self.day = day
        self.done = done
        self.refused = refused
    }
}
