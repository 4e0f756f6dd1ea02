/// Compares what a value says without regard to case: schemes, tokens, media types.
///
/// Names of headers are compared by ``FieldKind``, which folds more.
enum CaseInsensitive {
    /// Whether bytes equal a text of the program.
    @inline(__always)
    static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount && Self.begins(bytes, text)
    }

    /// Whether bytes begin with a text of the program.
    @inline(__always)
    static func begins(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        Self.begins(bytes, UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Whether bytes begin with others.
    @inline(__always)
    static func begins(_ bytes: UnsafeRawBufferPointer, _ prefix: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= prefix.count else { return false }
        for index in 0..<prefix.count where bytes[index] != prefix[index] {
            guard ByteClass.lowercased(bytes[index]) == ByteClass.lowercased(prefix[index]) else { return false }
        }
        return true
    }
}
