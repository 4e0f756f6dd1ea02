import SocketPolling

/// What the connections of one event loop read their sockets with.
final class LoopSockets {
    /// Tells of bytes; there is none where SwiftNIO must read.
    let poll = SocketPoll.ofThisThread()
    // Used for every reading, by this event loop only: see LoopContext.
    @exclusivity(unchecked) var memory = ReadMemory()
}
