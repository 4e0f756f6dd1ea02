import ArgumentParser

/// How long a link waits, as a flag gives it: `24h`.
struct LinkLifetime: ExpressibleByArgument {
    let duration: Duration

    /// Takes a duration.
    init(duration: Duration) {
        self.duration = duration
    }

    /// Reads a flag.
    init?(argument: String) {
        guard let duration = try? DurationSyntax.parse(argument) else { return nil }
        self.duration = duration
    }

    /// The default as the help shows it.
    var defaultValueDescription: String { DurationSyntax.spell(self.duration) }
}
