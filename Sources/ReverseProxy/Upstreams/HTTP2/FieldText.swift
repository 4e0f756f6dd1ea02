/// Looks at the names and values of fields, which come as strings from HPACK, by their bytes.
enum FieldText {
    /// Whether a text is a name of HTTP/2: a token without capital letters (RFC 9113, 8.2.1).
    @inline(__always)
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { ByteClass.isToken($0) && ByteClass.lowercased($0) == $0 }
    }

    /// Whether a text is a value: no control byte, no white space at an end (RFC 9113, 8.2.1).
    @inline(__always)
    static func isValue(_ value: String) -> Bool {
        let bytes = value.utf8
        guard let first = bytes.first, let last = bytes.last else { return true }
        return !ByteClass.isSpace(first) && !ByteClass.isSpace(last) && bytes.allSatisfy(ByteClass.isFieldValue)
    }

    /// What a name is to the proxy.
    @inline(__always)
    static func kind(of name: String) -> FieldKind {
        var name = name
        return name.withUTF8 { FieldKind.of(UnsafeRawBufferPointer($0)) }
    }

    /// A length in decimal digits alone; `nil` for anything else.
    static func length(_ value: String) -> Int? {
        guard (1...18).contains(value.utf8.count), value.utf8.allSatisfy(ByteClass.isDigit) else { return nil }
        return Int(value)
    }
}
