package import FoundationEssentials
package import NIOCore

/// The two clocks that sessions are measured by.
package struct DirectoryClock: Sendable {
    /// The time of day, which a session's limits are written in.
    package let wall: @Sendable () -> Date
    /// The time since the machine started, which the age of what is in memory is measured by: it never goes back.
    package let uptime: @Sendable () -> NIODeadline

    /// Takes two clocks.
    package init(wall: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> NIODeadline) {
        self.wall = wall
        self.uptime = uptime
    }

    /// The machine's clocks.
    package static let system = DirectoryClock(wall: { Date() }, uptime: { NIODeadline.now() })
}
