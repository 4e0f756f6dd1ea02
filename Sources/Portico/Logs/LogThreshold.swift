import Logging
import Synchronization

/// The least level that is logged, the same for every logger that was made with it, and changed for all of them at once.
final class LogThreshold: Sendable {
    private let stored: Mutex<Logger.Level>

    /// Begins with a level.
    init(_ level: Logger.Level) {
        self.stored = Mutex(level)
    }

    /// The level that holds now.
    var level: Logger.Level {
        get { self.stored.withLock { $0 } }
        set { self.stored.withLock { $0 = newValue } }
    }
}
