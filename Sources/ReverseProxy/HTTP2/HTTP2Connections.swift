import NIOCore

/// The HTTP/2 connections of one event loop.
///
/// Their streams are client connections to the loop, each with its own ``FrontHandler``; these are what the streams have in
/// common.
struct HTTP2Connections {
    private var connections: [HTTP2Connection] = []

    /// How many are open.
    var count: Int { self.connections.count }

    /// Whether none is open.
    var isEmpty: Bool { self.connections.isEmpty }

    /// Takes a connection into the watch on timeouts.
    mutating func add(_ connection: HTTP2Connection) {
        connection.slot = self.connections.count
        self.connections.append(connection)
    }

    /// Lets go of a connection.
    mutating func remove(_ connection: HTTP2Connection) {
        let slot = connection.slot
        guard slot < self.connections.count, self.connections[slot] === connection else { return }
        self.connections.swapAt(slot, self.connections.count - 1)
        self.connections[slot].slot = slot
        self.connections.removeLast()
    }

    /// All of them, in an array that does not change when one closes.
    var all: [HTTP2Connection] { self.connections }
}
