import Fetching
import Synchronization

/// Answers for names as a test wants it and counts how often it was asked.
final class CountedResolver: Sendable {
    private let answers: [String: [[UInt8]]]
    private let asked = Mutex<[String]>([])

    init(_ answers: [String: [[UInt8]]] = ["idp.test": [[127, 0, 0, 1]], "other.test": [[127, 0, 0, 1]]]) {
        self.answers = answers
    }

    /// The hosts that were asked for, in order.
    var hosts: [String] { self.asked.withLock { $0 } }

    var resolver: HostResolver {
        HostResolver { host in
            self.asked.withLock { $0.append(host) }
            return (self.answers[host] ?? []).compactMap { ResolvedAddress($0) }
        }
    }
}
