/// One instant at which many entries are judged.
struct SessionInstant: Sendable {
    /// The time of day in milliseconds since 1970.
    let wall: Int64
    /// The time since the machine started, in nanoseconds.
    let uptime: UInt64
    /// The limits of age.
    let freshness: SessionFreshness
}
