#if os(Linux)
import CEpoll
import Glibc
import NIOPosix

/// Tells of bytes in sockets on the thread of a SwiftNIO event loop, past SwiftNIO (Docs/Decisions/0049).
///
///     the event loop ──epoll_wait──> SocketPoll.wait ──> an epoll of its own ──┬── sockets added here ──> ReadableSocket
///                  <── what is for SwiftNIO, if anything ──────────────────────┴── SwiftNIO's epoll
///
/// SwiftNIO goes on owning the sockets: it connects, closes and writes them, and hears of their ends and failures. Only
/// their bytes are told here, once for each arrival (`EPOLLET`).
///
/// A value belongs to one thread, which runs one event loop as long as it lives, and is used on no other.
@safe
package final class SocketPoll {
    /// A socket that was added.
    package struct Place {
        fileprivate let index: UInt32
        fileprivate let generation: UInt32
    }

    private struct Slot {
        var socket: (any ReadableSocket)?
        var generation: UInt32 = 0
    }

    /// How many sockets are told of in one turn of the event loop.
    private static let maximumEvents = 256
    /// What an event of SwiftNIO's own epoll carries.
    private static let selectorMark = UInt64.max
    // It is not Sendable because its values are not; each thread sees its own alone.
    private nonisolated(unsafe) static let ofThreads = ThreadSpecificVariable<SocketPoll>()

    private let descriptor: CInt
    private let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: SocketPoll.maximumEvents)
    /// SwiftNIO's epoll.
    private let selector: CInt
    private var slots: [Slot] = []
    private var freeIndices: [UInt32] = []
    /// When the last turn began to wait for what it was for, in nanoseconds of the monotonic clock.
    private var turnBegan: Int64 = 0
    /// Whether the next turn is known to have something to do: a socket that was not found empty, or something of
    /// SwiftNIO's, which accepts a few connections at a time.
    private var isWorkLeft = false

    /// How far apart turns of the event loop begin, in nanoseconds; 0 for as soon as there is something to do
    /// (Docs/Decisions/0051).
    ///
    /// What comes meanwhile waits, whatever it is, tasks of other threads too, and is dealt with in one turn. A turn that is
    /// known to have something to do, and one behind a longer pause, wait for nothing.
    package var spacing: Int64 = 0

    /// The poll of the event loop that runs on this thread.
    ///
    /// There is none where the thread does not wait by this program's `epoll_wait`, or the system has no room for another
    /// epoll: SwiftNIO reads then.
    package static func ofThisThread() -> SocketPoll? {
        if let poll = unsafe Self.ofThreads.currentValue { return poll }
        let selector = portico_selector_here()
        guard selector >= 0, let poll = SocketPoll(following: selector) else { return nil }
        // Kept until the thread ends, which does not wait after that.
        unsafe Self.ofThreads.currentValue = poll
        unsafe portico_replace_wait(
            { context, selector, events, capacity, timeout in
                guard let context = unsafe context, let events = unsafe events else { return -1 }
                let poll = unsafe Unmanaged<SocketPoll>.fromOpaque(context).takeUnretainedValue()
                return unsafe poll.wait(selector, events, capacity: capacity, timeout: timeout)
            },
            Unmanaged.passUnretained(poll).toOpaque()
        )
        return poll
    }

    /// Makes a poll that waits for what SwiftNIO waits for, too.
    private init?(following selector: CInt) {
        self.selector = selector
        self.descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLIN.rawValue
        unsafe event.data.u64 = Self.selectorMark
        guard unsafe epoll_ctl(self.descriptor, EPOLL_CTL_ADD, selector, &event) == 0 else { return nil }
    }

    deinit {
        if self.descriptor >= 0 { close(self.descriptor) }
        unsafe self.events.deallocate()
    }

    /// Tells a reader of what comes from now on, and of what is there.
    ///
    /// - Parameters:
    ///   - descriptor: A connected socket that does not block.
    ///   - socket: Who reads it; kept until it is removed.
    /// - Returns: The place, or `nil` when the kernel watches as many as it may.
    package func add(_ descriptor: CInt, _ socket: any ReadableSocket) -> Place? {
        if self.freeIndices.isEmpty {
            self.freeIndices.append(UInt32(self.slots.count))
            self.slots.append(Slot())
        }
        let index = self.freeIndices.removeLast()
        let place = Place(index: index, generation: self.slots[Int(index)].generation)
        guard self.control(EPOLL_CTL_ADD, descriptor, place) else {
            self.freeIndices.append(index)
            return nil
        }
        self.slots[Int(index)].socket = socket
        return place
    }

    /// Tells once more of a socket that was not found empty.
    package func tellAgain(_ place: Place, _ descriptor: CInt) {
        self.isWorkLeft = true
        _ = self.control(EPOLL_CTL_MOD, descriptor, place)
    }

    /// Forgets a socket, which closes or has closed: the kernel forgets it by that.
    package func remove(_ place: Place) {
        let index = Int(place.index)
        guard self.slots[index].generation == place.generation else { return }
        self.slots[index].socket = nil
        self.slots[index].generation &+= 1
        self.freeIndices.append(place.index)
    }

    private func control(_ operation: CInt, _ descriptor: CInt, _ place: Place) -> Bool {
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLIN.rawValue | EPOLLPRI.rawValue | EPOLLET.rawValue
        unsafe event.data.u64 = UInt64(place.generation) << 32 | UInt64(place.index)
        return unsafe epoll_ctl(self.descriptor, operation, descriptor, &event) == 0
    }

    /// Waits in the place of SwiftNIO's `epoll_wait`.
    private func wait(
        _ selector: CInt,
        _ ready: UnsafeMutablePointer<epoll_event>,
        capacity: CInt,
        timeout: CInt
    ) -> CInt {
        guard self.selector == selector else {
            return unsafe epoll_pwait(selector, ready, capacity, timeout, nil)
        }
        if self.spacing > 0, !self.isWorkLeft { self.keepDistance() }
        self.isWorkLeft = false
        let count = unsafe epoll_pwait(
            self.descriptor,
            self.events.baseAddress,
            CInt(Self.maximumEvents),
            timeout,
            nil
        )
        guard count > 0 else { return count }
        var isSelectorReady = false
        for index in 0..<Int(count) {
            let event = unsafe self.events[index]
            if unsafe event.data.u64 == Self.selectorMark { isSelectorReady = true } else { unsafe self.tell(event) }
        }
        if isSelectorReady { self.isWorkLeft = true }
        return isSelectorReady ? unsafe epoll_pwait(selector, ready, capacity, 0, nil) : 0
    }

    /// Sleeps until a turn may begin.
    private func keepDistance() {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        let instant = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        let due = self.turnBegan + self.spacing
        guard instant < due else {
            self.turnBegan = instant
            return
        }
        var until = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
        while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nil) == EINTR {}
        self.turnBegan = due
    }

    private func tell(_ event: epoll_event) {
        let mark = unsafe event.data.u64
        let index = Int(UInt32(truncatingIfNeeded: mark))
        // A socket that was told of before it may have closed this one, and another may have its place.
        guard self.slots[index].generation == UInt32(mark >> 32) else { return }
        self.slots[index].socket?.socketBecameReadable(isUrgent: unsafe event.events & EPOLLPRI.rawValue != 0)
    }
}

@available(*, unavailable)
extension SocketPoll: Sendable {}
#else
/// There is none: SwiftNIO reads.
package enum SocketPoll {
    package struct Place {}

    package static func ofThisThread() -> SocketPoll? { nil }

    package var spacing: Int64 {
        get { switch self {} }
        nonmutating set {}
    }

    package func add(_ descriptor: CInt, _ socket: any ReadableSocket) -> Place? { switch self {} }

    package func tellAgain(_ place: Place, _ descriptor: CInt) {}

    package func remove(_ place: Place) {}
}
#endif
