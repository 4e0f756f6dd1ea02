/// Looks at the names and values of fields as HPACK gave them.
enum FieldBytes {
    /// Whether bytes are a token (RFC 9110, 5.6.2).
    static func isToken(_ bytes: UnsafeRawBufferPointer) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(ByteClass.isToken)
    }

    /// Whether bytes are a name of HTTP/2: a token without capital letters (RFC 9113, 8.2.1).
    @inline(__always)
    static func isName(_ name: UnsafeRawBufferPointer) -> Bool {
        !name.isEmpty && name.allSatisfy { ByteClass.isToken($0) && ByteClass.lowercased($0) == $0 }
    }

    /// Whether bytes are a value: no control byte, no white space at an end (RFC 9113, 8.2.1).
    @inline(__always)
    static func isValue(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.first, let last = value.last else { return true }
        return !ByteClass.isSpace(first) && !ByteClass.isSpace(last) && value.allSatisfy(ByteClass.isFieldValue)
    }

    /// Whether bytes are those of a text.
    @inline(__always)
    static func isSame(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount && bytes.indices.allSatisfy { bytes[$0] == text.utf8Start[$0] }
    }

    /// Whether two hosts are the same, byte by byte but for the case of letters.
    static func isSameHost(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        one.elementsEqual(other) { ByteClass.lowercased($0) == ByteClass.lowercased($1) }
    }

    /// A length in decimal digits alone; `nil` for anything else.
    static func length(_ value: UnsafeRawBufferPointer) -> Int? {
        guard (1...18).contains(value.count), value.allSatisfy(ByteClass.isDigit) else { return nil }
        return value.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
