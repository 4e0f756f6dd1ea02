import Synchronization

/// The one moment at which a process ends, for any number of waiters.
final class ProcessExit: Sendable {
    private enum State {
        /// The process runs; these wait for its end.
        case running(waiters: [CheckedContinuation<Int32, Never>])
        /// The process ended with this status.
        case ended(status: Int32)
    }

    private let state = Mutex(State.running(waiters: []))

    /// The status, once the process has ended.
    var status: Int32? {
        self.state.withLock { state in
            switch state {
            case .running: nil
            case .ended(let status): status
            }
        }
    }

    /// Records the end and wakes every waiter; a second call changes nothing.
    func record(status: Int32) {
        let waiters = self.state.withLock { state -> [CheckedContinuation<Int32, Never>] in
            guard case .running(let waiters) = state else { return [] }
            state = .ended(status: status)
            return waiters
        }
        for waiter in waiters { waiter.resume(returning: status) }
    }

    /// Suspends until the process has ended.
    func wait() async -> Int32 {
        await withCheckedContinuation { continuation in
            let ended = self.state.withLock { state -> Int32? in
                switch state {
                case .running(let waiters):
                    state = .running(waiters: waiters + [continuation])
                    return nil
                case .ended(let status):
                    return status
                }
            }
            if let ended { continuation.resume(returning: ended) }
        }
    }
}
