/// The connections to one upstream.
package struct UpstreamCounts: Sendable, Hashable {
    /// The upstream.
    package let origin: UpstreamURL
    /// How many are open or being opened, idle ones included.
    package var open: Int
    /// How many wait for a request.
    package var idle: Int
    /// How many were ever opened.
    package var connected: UInt64
    /// How many could not be opened.
    package var connectFailures: UInt64
    /// How many requests came here after another upstream did not take them.
    package var retries: UInt64 = 0
    /// How often it was set aside after failures, by any event loop.
    package var setAside: UInt64 = 0
    /// How many event loops have it set aside now.
    package var loopsAside = 0

    mutating func add(_ other: UpstreamCounts) {
        self.open += other.open
        self.idle += other.idle
        self.connected &+= other.connected
        self.connectFailures &+= other.connectFailures
        self.retries &+= other.retries
        self.setAside &+= other.setAside
        self.loopsAside += other.loopsAside
    }
}
