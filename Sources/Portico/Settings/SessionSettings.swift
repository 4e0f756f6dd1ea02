import Workspaces

/// How long sessions live.
struct SessionSettings: Hashable, Sendable {
    /// The limits of a session where its workspace has none of its own.
    let limits: SessionLimits

    /// How long known sessions go on while PostgreSQL is away.
    let staleLimit: Duration

    /// Reads the limits; an idle limit longer than the age could never bind.
    init(reader: inout SettingsReader) {
        let range = Duration.seconds(60)...Duration.seconds(400 * 86_400)
        let maxAge = reader.value(.sessionMaxAge, default: .seconds(86_400)) { text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: range)
        }
        let maxIdle = reader.value(.sessionMaxIdle, default: min(.seconds(3600), maxAge)) {
            text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: range)
        }
        self.limits = SessionLimits(maxAge: maxAge, maxIdle: maxIdle)
        self.staleLimit = reader.value(.sessionStaleLimit, default: .seconds(600)) { text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: .zero...Duration.seconds(86_400))
        }
        if maxIdle > maxAge {
            reader.refuse(
                .sessionMaxIdle,
                SettingProblem("is longer than SESSION_MAX_AGE", "make it at most \(DurationSyntax.spell(maxAge))")
            )
        }
    }
}
