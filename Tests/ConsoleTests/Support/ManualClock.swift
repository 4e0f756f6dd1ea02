import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private let instant = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { self.instant.withLock { $0 } }

    func advance(by seconds: TimeInterval) {
        self.instant.withLock { $0 += seconds }
    }
}
