import Foundation
import NIOCore
import Synchronization

@testable import ReverseProxy

/// Two clocks that move together when they are told to.
final class ManualClock: Sendable {
    private let seconds = Mutex<Double>(1_000)
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    func advance(_ seconds: Double) { self.seconds.withLock { $0 += seconds } }

    var clock: DirectoryClock {
        DirectoryClock(
            wall: { self.start.addingTimeInterval(self.seconds.withLock { $0 } - 1_000) },
            uptime: { .uptimeNanoseconds(UInt64(self.seconds.withLock { $0 } * 1e9)) }
        )
    }
}
