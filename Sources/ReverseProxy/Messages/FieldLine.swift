/// Where one header line lies within its head, as offsets of bytes.
struct FieldLine: Hashable {
    /// The first byte of the name, which is the first of the line.
    let start: Int
    /// The byte behind the name: the colon.
    let nameEnd: Int
    /// The first byte of the value, without white space before it.
    let valueStart: Int
    /// The byte behind the value, without white space after it.
    let valueEnd: Int
    /// The first byte of the next line.
    let end: Int
    /// What the line is to the proxy.
    let kind: FieldKind

    /// The bytes of the name.
    @inline(__always)
    func name(in head: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: head[self.start..<self.nameEnd])
    }

    /// The bytes of the value.
    @inline(__always)
    func value(in head: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: head[self.valueStart..<self.valueEnd])
    }
}

/// The header lines of a head, in storage that is used again for the next one.
typealias FieldLines = ContiguousArray<FieldLine>
