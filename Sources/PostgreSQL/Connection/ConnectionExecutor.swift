import Dispatch

/// Runs one connection's work, one job at a time, on a thread of its own.
///
/// libpq waits for the server in blocking calls. On the cooperative pool such a wait would hold back unrelated tasks,
/// so each connection has a serial `DispatchQueue`, and the actor that owns the connection runs there.
final class ConnectionExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Makes an executor whose threads show the label in a debugger.
    init(label: String) {
        self.queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe self.asUnownedSerialExecutor()
        self.queue.async {
            unsafe job.runSynchronously(on: executor)
        }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(self.queue))
    }
}
