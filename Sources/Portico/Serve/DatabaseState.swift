import Synchronization

/// What is known of the database, so that the log tells of changes only.
final class DatabaseState: Sendable {
    /// Whether it answers.
    enum Presence: Hashable, Sendable {
        /// Nobody has asked yet.
        case unknown

        /// It answered the last time.
        case answers

        /// It did not.
        case away
    }

    /// Whether it has every migration.
    enum Schema: Hashable, Sendable {
        /// Nobody has looked since it was last away.
        case unknown

        /// It has.
        case complete

        /// It lacks some.
        case incomplete
    }

    private let state = Mutex((presence: Presence.unknown, schema: Schema.unknown))

    /// Whether it answers, as of the last time that it was asked.
    var presence: Presence { self.state.withLock { $0.presence } }

    /// Whether it has every migration, as far as is known.
    var schema: Schema { self.state.withLock { $0.schema } }

    /// Takes note of an answer, or of none; after an outage the schema is looked at again.
    ///
    /// - Returns: Whether that is news.
    func note(_ presence: Presence) -> Bool {
        self.state.withLock { state in
            guard state.presence != presence else { return false }
            state.presence = presence
            if presence == .away { state.schema = .unknown }
            return true
        }
    }

    /// Takes note of the schema.
    ///
    /// - Returns: Whether that is news.
    @discardableResult
    func note(schema: Schema) -> Bool {
        self.state.withLock { state in
            guard state.schema != schema else { return false }
            state.schema = schema
            return true
        }
    }
}
