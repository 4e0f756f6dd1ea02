/// The fields of a header block as bytes, in memory that is used again for the next one.
package struct HeaderBlock {
    /// Where one field lies within the bytes.
    package struct Field: Hashable {
        /// The first byte of the name.
        package let start: Int
        /// The byte behind the name: the first of the value.
        package let nameEnd: Int
        /// The byte behind the value.
        package let end: Int
        /// Whether no proxy may put it into a table (RFC 7541, 7.1.3).
        package let isSensitive: Bool
    }

    /// As much as most blocks take.
    private static let usualSize = 512

    /// The names and values, one behind the other; behind ``size`` there is memory for more.
    package private(set) var bytes: ContiguousArray<UInt8> = []
    /// How many bytes the names and values take.
    package private(set) var size = 0
    /// The fields, in their order.
    package private(set) var fields: ContiguousArray<Field> = []

    /// Makes a block without fields.
    package init() {}

    /// How large the list is by RFC 9113, 6.5.2.
    package var listSize: Int { self.size + 32 * self.fields.count }

    /// Adds a field.
    package mutating func add(
        name: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer,
        isSensitive: Bool = false
    ) {
        let start = self.size
        let nameEnd = start + name.count
        let end = nameEnd + value.count
        if end > self.bytes.count { self.makeRoom(for: end) }
        unsafe self.bytes.withUnsafeMutableBytes { bytes in
            unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start..<nameEnd]).copyMemory(from: name)
            unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[nameEnd..<end]).copyMemory(from: value)
        }
        self.size = end
        self.fields.append(Field(start: start, nameEnd: nameEnd, end: end, isSensitive: isSensitive))
    }

    /// Adds a field whose name is to have no capital letters (RFC 9113, 8.2.1).
    package mutating func add(
        lowercasing name: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer,
        isSensitive: Bool = false
    ) {
        let start = self.size
        unsafe self.add(name: name, value: value, isSensitive: isSensitive)
        unsafe self.bytes.withUnsafeMutableBytes { bytes in
            for index in start..<start + name.count {
                let byte = unsafe bytes[index]
                unsafe bytes[index] = byte | (byte >= 0x41 && byte <= 0x5A ? 0x20 : 0)
            }
        }
    }

    /// Forgets all fields, but not the memory.
    package mutating func removeAll() {
        self.size = 0
        self.fields.removeAll(keepingCapacity: true)
    }

    private mutating func makeRoom(for size: Int) {
        let wanted = max(size, 2 * self.bytes.count, Self.usualSize)
        self.bytes.append(contentsOf: repeatElement(0, count: wanted - self.bytes.count))
    }
}
