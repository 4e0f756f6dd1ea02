import Dispatch
import Synchronization

/// A few threads on which questions wait for their answers, one behind the other, and not those that everything else in the
/// process shares: anybody who claims a domain chooses the servers that keep a question waiting.
final class QuestionLanes: Sendable {
    /// Those of the process.
    static let shared = QuestionLanes(count: 8, maximumWaiting: 4)

    private let queues: [DispatchQueue]
    private let maximumWaiting: Int
    private let loads: Mutex<[Int]>

    /// Makes lanes.
    ///
    /// - Parameters:
    ///   - count: How many questions are asked at once.
    ///   - maximumWaiting: How many more may wait for each lane.
    init(count: Int, maximumWaiting: Int) {
        self.queues = (0..<count).map { DispatchQueue(label: "portico.dns.\($0)") }
        self.maximumWaiting = maximumWaiting
        self.loads = Mutex(Array(repeating: 0, count: count))
    }

    /// Runs what waits, on the lane with the least before it.
    ///
    /// - Returns: `nil` while too much waits.
    func run<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer? {
        guard let lane = self.takeLane() else { return nil }
        defer { self.loads.withLock { $0[lane] -= 1 } }
        return await withCheckedContinuation { continuation in
            self.queues[lane].async { continuation.resume(returning: work()) }
        }
    }

    private func takeLane() -> Int? {
        self.loads.withLock { loads in
            guard let lane = loads.indices.min(by: { loads[$0] < loads[$1] }), loads[lane] <= self.maximumWaiting else {
                return nil
            }
            loads[lane] += 1
            return lane
        }
    }
}
