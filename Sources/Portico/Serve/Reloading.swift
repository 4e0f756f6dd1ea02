import UnixSignals

/// What a gateway needs to read its settings again: where they are, and the level of its log, which may change then.
struct Reloading: Sendable {
    /// The places in which settings are given.
    let input: SettingsInput

    /// The level of the gateway's loggers.
    let threshold: LogThreshold

    /// The signals, taken before anything else starts: before that, SIGHUP would end the program.
    let signals: UnixSignalsSequence
}
