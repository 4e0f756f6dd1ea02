/// When an upstream is set aside, and for how long.
package struct UpstreamHealthLimits: Sendable, Hashable {
    /// After how many failures in a row, at least 1.
    package var failures: Int
    /// How long it gets nothing the first time.
    package var shortest: Duration
    /// How long it gets nothing at most, however often it was tried in vain.
    package var longest: Duration

    /// Makes limits; the defaults keep an upstream that restarts out of the way without missing it for long.
    package init(failures: Int = 3, shortest: Duration = .seconds(1), longest: Duration = .seconds(30)) {
        self.failures = failures
        self.shortest = shortest
        self.longest = longest
    }
}
