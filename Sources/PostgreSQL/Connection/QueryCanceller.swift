import CLibPQ
import Dispatch
import Synchronization

/// Asks the server, from any thread, to stop what a connection is doing.
///
/// It is `@unchecked Sendable` because `PQcancel` is the one libpq call that its manual declares safe from any thread
/// while the connection works elsewhere, and the `PGcancel` it takes is never changed after it was made.
@safe
final class QueryCanceller: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let requested = Mutex(false)

    /// Takes ownership of what `PQgetCancel` returned.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQfreeCancel(self.pointer)
    }

    /// Whether a request was ever made.
    ///
    /// It may reach the server late and hit the next statement, so a connection that was once cancelled is not used
    /// again.
    var wasRequested: Bool {
        self.requested.withLock { $0 }
    }

    /// Sends the request from a thread that may block, and does not wait for it.
    func cancel() {
        self.requested.withLock { $0 = true }
        DispatchQueue.global()
            .async {
                // 256 bytes is the size that the manual recommends; the text is of no use to anyone.
                unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
                    _ = unsafe PQcancel(self.pointer, buffer.baseAddress, Int32(buffer.count))
                }
            }
    }
}
