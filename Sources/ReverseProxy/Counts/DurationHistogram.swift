/// How long requests took, from the first look at the head until the last byte of the answer was written.
package struct DurationHistogram: Sendable, Hashable {
    /// The upper bounds of all buckets but the last, which has none; a duration that equals a bound is within it.
    package static let bounds: [Duration] = [
        .microseconds(1_000), .microseconds(2_500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
        .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1),
        .milliseconds(2_500), .seconds(5), .seconds(10), .seconds(30), .seconds(60),
    ]

    /// How many requests fell into each bucket and no lower one.
    package let counts: [UInt64]
    /// The time of all requests together.
    package let sum: Duration
}
