import NIOHPACK

extension HPACKHeaders {
    /// Adds a line of a head in HTTP/1.1, its name in lower case (RFC 9113, 8.2.1).
    @inline(__always)
    mutating func add(_ line: FieldLine, of head: UnsafeRawBufferPointer, indexing: HPACKIndexing) {
        let name = line.name(in: head)
        let lowercased = String(unsafeUninitializedCapacity: name.count) { memory in
            for index in name.indices { memory[index] = ByteClass.lowercased(name[index]) }
            return name.count
        }
        self.add(name: lowercased, value: String(decoding: line.value(in: head), as: UTF8.self), indexing: indexing)
    }
}
