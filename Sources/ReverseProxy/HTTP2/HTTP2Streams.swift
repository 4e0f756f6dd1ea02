/// The streams of one connection, and channels that wait for another one.
///
/// There are a hundred at most (`maximumStreams`), and mostly few: looking through their numbers is quicker than a table.
struct HTTP2Streams {
    /// How many channels wait at most.
    private static let maximumSpares = 16

    private var ids: ContiguousArray<Int32> = []
    private var streams: ContiguousArray<HTTP2Stream> = []
    private var spares: ContiguousArray<HTTP2Stream> = []

    /// How many streams there are.
    var count: Int { self.ids.count }

    /// Whether there is no stream.
    var isEmpty: Bool { self.ids.isEmpty }

    /// All of them, in an array that does not change when one ends.
    var all: ContiguousArray<HTTP2Stream> { self.streams }

    /// The stream with a number.
    subscript(id: Int32) -> HTTP2Stream? {
        self.ids.firstIndex(of: id).map { self.streams[$0] }
    }

    /// Adds a stream.
    mutating func add(_ stream: HTTP2Stream) {
        stream.slot = self.ids.count
        self.ids.append(stream.id)
        self.streams.append(stream)
    }

    /// Lets go of a stream, or of a channel that waits; false when it was neither, or only waited.
    mutating func remove(_ stream: HTTP2Stream) -> Bool {
        let slot = stream.slot
        guard stream.id > 0, slot < self.streams.count, self.streams[slot] === stream else {
            self.spares.removeAll { $0 === stream }
            return false
        }
        self.ids.swapAt(slot, self.ids.count - 1)
        self.streams.swapAt(slot, self.streams.count - 1)
        self.streams[slot].slot = slot
        self.ids.removeLast()
        self.streams.removeLast()
        stream.id = 0
        return true
    }

    // MARK: - Channels that wait

    /// Whether another channel may wait.
    var hasRoomForSpare: Bool { self.spares.count < Self.maximumSpares }

    /// Lets a channel wait for another stream.
    mutating func addSpare(_ stream: HTTP2Stream) {
        self.spares.append(stream)
    }

    /// Takes a channel that waits.
    mutating func takeSpare() -> HTTP2Stream? {
        self.spares.popLast()
    }
}
