import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits for a socket to become readable without holding a thread.
final class SocketReadiness: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Bool, Never>, source: any DispatchSourceRead, timer: any DispatchSourceTimer)
        case done
    }

    private let state = Mutex(State.idle)

    private init() {}

    /// Whether bytes have arrived at a socket, or the other side has hung up.
    static func isReadable(_ socket: Int32) -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&descriptor, 1, 0) != 0
    }

    /// Returns true when the socket is readable or closed, and false when the timeout passed or the task was cancelled.
    static func wait(for socket: Int32, timeout: Duration) async -> Bool {
        let readiness = SocketReadiness()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                readiness.begin(continuation, socket: socket, timeout: timeout)
            }
        } onCancel: {
            readiness.end(isReadable: false)
        }
    }

    private func begin(_ continuation: CheckedContinuation<Bool, Never>, socket: Int32, timeout: Duration) {
        let mayWait = self.state.withLock { state in
            // The cancellation handler may have come first.
            guard case .idle = state else {
                return false
            }
            let queue = DispatchQueue.global()
            let source = DispatchSource.makeReadSource(fileDescriptor: socket, queue: queue)
            let timer = DispatchSource.makeTimerSource(queue: queue)
            source.setEventHandler { self.end(isReadable: true) }
            timer.setEventHandler { self.end(isReadable: false) }
            timer.schedule(deadline: .now() + .milliseconds(Int(clamping: timeout.wholeMilliseconds)))
            source.resume()
            timer.resume()
            state = .waiting(continuation, source: source, timer: timer)
            return true
        }
        if !mayWait {
            continuation.resume(returning: false)
        }
    }

    private func end(isReadable: Bool) {
        let state = self.state.withLock { state in
            defer {
                state = .done
            }
            return state
        }
        guard case .waiting(let continuation, let source, let timer) = state else {
            return
        }
        timer.cancel()
        // The descriptor may be closed and given to another socket once the wait is over. So the wait is over only
        // when the source has let go of it.
        source.setCancelHandler { continuation.resume(returning: isReadable) }
        source.cancel()
    }
}
