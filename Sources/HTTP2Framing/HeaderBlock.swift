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

    /// The names and values, one behind the other.
    package private(set) var bytes: ContiguousArray<UInt8> = []
    /// The fields, in their order.
    package private(set) var fields: ContiguousArray<Field> = []

    /// Makes a block without fields.
    package init() {}

    /// How large the list is by RFC 9113, 6.5.2.
    package var listSize: Int { self.bytes.count + 32 * self.fields.count }

    /// Adds a field.
    package mutating func add(
        name: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer,
        isSensitive: Bool = false
    ) {
        let start = self.bytes.count
        unsafe self.bytes.append(contentsOf: name)
        unsafe self.bytes.append(contentsOf: value)
        let nameEnd = start + name.count
        self.fields.append(Field(start: start, nameEnd: nameEnd, end: self.bytes.count, isSensitive: isSensitive))
    }

    /// Adds a field whose name is to have no capital letters (RFC 9113, 8.2.1).
    package mutating func add(
        lowercasing name: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer,
        isSensitive: Bool = false
    ) {
        let start = self.bytes.count
        unsafe self.add(name: name, value: value, isSensitive: isSensitive)
        for index in start..<start + name.count where self.bytes[index] >= 0x41 && self.bytes[index] <= 0x5A {
            self.bytes[index] |= 0x20
        }
    }

    /// Forgets all fields, but not the memory.
    package mutating func removeAll() {
        self.bytes.removeAll(keepingCapacity: true)
        self.fields.removeAll(keepingCapacity: true)
    }
}
