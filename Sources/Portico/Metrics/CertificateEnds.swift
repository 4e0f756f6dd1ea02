import FoundationEssentials
import Synchronization
import Workspaces

/// When the certificates end that workspaces have pinned, as they were read from the database last.
///
/// It holds times and nothing else, so that no metric can tell whose certificate it is.
final class CertificateEnds: Sendable {
    /// One reading.
    struct Reading: Hashable, Sendable {
        /// The end of each certificate.
        let ends: [Date]
        /// When they were read.
        let readAt: Date

        /// The days of which notice is given before the end: those of the audit log.
        static let days = CertificateNotice.days.filter { $0 > 0 }

        /// How many have not ended yet and do so within a number of days.
        func expiring(within days: Int, of now: Date) -> Int {
            self.ends.count { end in
                let left = end.timeIntervalSince(now)
                return left > 0 && left <= Double(days) * 86_400
            }
        }

        /// How many have ended.
        func expired(at now: Date) -> Int { self.ends.count { $0 <= now } }

        /// The days until the next one ends; `nil` when all have, or there is none.
        func daysLeft(at now: Date) -> Double? {
            self.ends.filter { $0 > now }.min().map { $0.timeIntervalSince(now) / 86_400 }
        }
    }

    private let reading = Mutex<Reading?>(nil)

    /// What was read last; `nil` before the first time.
    var latest: Reading? { self.reading.withLock { $0 } }

    /// Takes note of a reading.
    func note(_ ends: [Date], readAt: Date) {
        self.reading.withLock { $0 = Reading(ends: ends, readAt: readAt) }
    }
}
