import Synchronization

/// Whether the node hears of changed sessions, and since when it does not.
final class ListeningState: Sendable {
    private enum State: Sendable {
        /// Every change is heard.
        case listening

        /// Changes have not been heard since then.
        case deaf(since: ContinuousClock.Instant)
    }

    private let now: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>

    /// Makes a state that hears nothing yet, measured by a clock.
    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
        self.state = Mutex(.deaf(since: now()))
    }

    /// Changes are heard from now on.
    ///
    /// - Returns: Whether that is news.
    func began() -> Bool {
        self.state.withLock { state in
            guard case .deaf = state else { return false }
            state = .listening
            return true
        }
    }

    /// Changes are no longer heard.
    ///
    /// - Returns: Whether that is news.
    func ended() -> Bool {
        self.state.withLock { state in
            guard case .listening = state else { return false }
            state = .deaf(since: self.now())
            return true
        }
    }

    /// Waits until changes are heard.
    func waitUntilListening(atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        // A start waits once, for a connection that opens within milliseconds; a stop cuts it short.
        while self.deafFor != nil, .now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    /// For how long changes have not been heard; nil while they are.
    var deafFor: Duration? {
        self.state.withLock { state in
            switch state {
            case .listening: nil
            case .deaf(let since): since.duration(to: self.now())
            }
        }
    }
}
