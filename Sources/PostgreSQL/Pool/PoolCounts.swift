/// The connections of a pool at one moment, and who waits for one.
package struct PoolCounts: Hashable, Sendable {
    /// The largest number of connections.
    package let capacity: Int
    /// How many are lent out.
    package let leased: Int
    /// How many are open and wait to be lent.
    package let idle: Int
    /// How many are being opened.
    package let opening: Int
    /// How many tasks wait for a connection.
    package let waiting: Int

    /// Puts the numbers together.
    package init(capacity: Int, leased: Int, idle: Int, opening: Int, waiting: Int) {
        self.capacity = capacity
        self.leased = leased
        self.idle = idle
        self.opening = opening
        self.waiting = waiting
    }
}
