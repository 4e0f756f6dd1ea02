import HTTP2Framing

extension HeaderBlock {
    /// Makes a block of fields as text.
    init(_ fields: [(String, String)]) {
        self.init()
        for (name, value) in fields {
            Array(name.utf8)
                .withUnsafeBytes { name in
                    Array(value.utf8).withUnsafeBytes { self.add(name: name, value: $0) }
                }
        }
    }

    /// The fields as text.
    var list: [(name: String, value: String, isSensitive: Bool)] {
        self.fields.map { field in
            (
                String(decoding: self.bytes[field.start..<field.nameEnd], as: UTF8.self),
                String(decoding: self.bytes[field.nameEnd..<field.end], as: UTF8.self), field.isSensitive
            )
        }
    }
}
