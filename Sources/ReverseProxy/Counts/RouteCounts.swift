/// The requests of one route.
package struct RouteCounts: Sendable, Hashable {
    /// The name of the route.
    package let name: String
    /// How they were answered.
    package let answers: [AnswerCount]
    /// The requests whose answer did not come to its end.
    package let unfinished: UInt64
    /// How often its limits of time have passed, for every limit.
    package let timeouts: [RouteTimeout: UInt64]
    /// How long those took that were answered.
    package let durations: DurationHistogram
}
