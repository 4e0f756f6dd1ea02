import NIOCore
import Synchronization
import Workspaces

/// Reads sessions from storage, many in one reading when many are wanted at once, and nobody waits for longer than a
/// limit, even for a storage that does not notice that it is given up.
///
/// A change that concerns thousands of tunnels has each of them ask for its session at the same tick, and a node that
/// has just started is asked for everybody's: one by one, those at the end would wait for seconds.
final class SessionReader: Sendable {
    /// Why a session was not read.
    enum Failure: Error, Hashable {
        /// Its turn did not come in time, so storage was not asked.
        case notBegun
        /// Storage did not answer in time.
        case timedOut
    }

    private struct Waiter {
        let continuation: CheckedContinuation<Session?, any Error>
        let timer: Task<Void, any Error>

        func resume(with result: Result<Session?, any Error>) {
            self.timer.cancel()
            self.continuation.resume(with: result)
        }
    }

    private struct State {
        var queue: ReadingQueue
        var waiters: [ReadingQueue.Ticket: Waiter] = [:]
        var tasks: [UInt64: Task<Void, Never>] = [:]
    }

    private let timeout: Duration
    private let loader: SessionDirectory.Loader
    private let state: Mutex<State>

    init(settings: SessionDirectory.Settings, load: @escaping SessionDirectory.Loader) {
        self.timeout = settings.loadTimeout
        self.loader = load
        let widths: [ReadingQueue.Line: Int] = [
            .requests: max(1, settings.maximumReadings), .others: max(1, settings.maximumRereads),
        ]
        // The last quarter of the time is for the reading itself.
        let patience = TimeAmount(settings.loadTimeout * 3 / 4)
        let queue = ReadingQueue(widths: widths, size: max(1, settings.readingSize), patience: patience)
        self.state = Mutex(State(queue: queue))
    }

    /// How many wait for a reading of a line to begin.
    func waiting(in line: ReadingQueue.Line) -> Int { self.state.withLock { $0.queue.waiting(in: line) } }

    /// Reads a session.
    ///
    /// - Returns: The session; `nil` when there is none.
    /// - Throws: ``Failure``, and what storage throws.
    func read(_ hash: SessionTokenHash, in line: ReadingQueue.Line) async throws -> Session? {
        try await withCheckedThrowingContinuation { continuation in
            self.state.withLock { state in
                let ticket = state.queue.add(hash, to: line, at: .now())
                let timer = Task {
                    try await Task.sleep(for: self.timeout)
                    self.giveUp(ticket)
                }
                state.waiters[ticket] = Waiter(continuation: continuation, timer: timer)
                self.begin(line, &state)
            }
        }
    }

    /// Has a session that others wait for be read with those that requests wait for.
    func hurry(_ hash: SessionTokenHash) {
        self.state.withLock { state in
            state.queue.hurry(hash)
            self.begin(.requests, &state)
        }
    }

    /// Begins the next reading of a line, if one may begin.
    private func begin(_ line: ReadingQueue.Line, _ state: inout State) {
        guard let reading = state.queue.next(in: line, at: .now()) else { return }
        // It serves everybody who waits for it, so no single one of them may cancel it.
        state.tasks[reading.number] = Task {
            let result: Result<[SessionTokenHash: Result<Session, any Error>], any Error>
            do {
                result = .success(try await self.loader(Array(reading.places.values)))
            } catch {
                result = .failure(error)
            }
            self.finish(reading, with: result)
        }
    }

    private func finish(
        _ reading: ReadingQueue.Reading,
        with result: Result<[SessionTokenHash: Result<Session, any Error>], any Error>
    ) {
        let served = self.state.withLock { state in
            state.tasks[reading.number] = nil
            let served = state.queue.finish(reading.number)
                .compactMap { ticket, hash in state.waiters.removeValue(forKey: ticket).map { ($0, hash) } }
            self.begin(reading.line, &state)
            return served
        }
        for (waiter, hash) in served {
            waiter.resume(with: result.flatMap { sessions in sessions[hash]?.map(Optional.some) ?? .success(nil) })
        }
    }

    private func giveUp(_ ticket: ReadingQueue.Ticket) {
        let given = self.state.withLock { state -> (Waiter, Failure)? in
            guard let waiter = state.waiters.removeValue(forKey: ticket),
                let abandoned = state.queue.abandon(ticket)
            else { return nil }
            switch abandoned {
            case .inLine: return (waiter, .notBegun)
            case .inReading: return (waiter, .timedOut)
            case .lastInReading(let number):
                state.tasks.removeValue(forKey: number)?.cancel()
                for line in ReadingQueue.Line.allCases { self.begin(line, &state) }
                return (waiter, .timedOut)
            }
        }
        given.map { waiter, failure in waiter.resume(with: .failure(failure)) }
    }
}
