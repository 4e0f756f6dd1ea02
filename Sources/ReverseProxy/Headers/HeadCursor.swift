/// Writes the bytes of a head one behind the other into memory that is large enough.
struct HeadCursor {
    private let memory: UnsafeMutableRawBufferPointer
    /// How many bytes were written.
    private(set) var count = 0

    /// Writes into the memory from its beginning.
    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// Appends bytes.
    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= self.memory.count - self.count, "the head is larger than was reckoned")
        guard let source = bytes.baseAddress, let target = self.memory.baseAddress else { return }
        (target + self.count).copyMemory(from: source, byteCount: bytes.count)
        self.count += bytes.count
    }

    /// Appends a part of a head.
    @inline(__always)
    mutating func append(_ head: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
        guard start < end else { return }
        self.append(UnsafeRawBufferPointer(rebasing: head[start..<end]))
    }

    /// Appends bytes of an array.
    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { self.append($0) }
    }

    /// Appends a text of the program.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        self.append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
