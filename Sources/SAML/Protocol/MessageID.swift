/// The identifier of a SAML message or assertion.
///
/// saml-core 1.3.4: an `xs:ID`, which is an NCName. Portico accepts the ASCII part of that grammar, at most 128
/// characters, because the identifier is also what a signature's Reference names (saml-security A14).
package struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as it is written in messages.
    package let value: String

    /// Takes an identifier from a message.
    ///
    /// - Returns: `nil` unless the text matches `[A-Za-z_][A-Za-z0-9_.-]{0,127}`.
    package init?(_ value: String) {
        let bytes = value.utf8.span
        guard (1...128).contains(bytes.count), Self.isLetterOrUnderscore(bytes[0]) else { return nil }
        for index in bytes.indices {
            guard Self.isNameByte(bytes[index]) else { return nil }
        }
        self.value = value
    }

    private init(unchecked value: String) {
        self.value = value
    }

    /// Makes a new identifier from 160 random bits, the number that saml-core 1.3.4 recommends.
    package static func random() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        return Self.random(using: &generator)
    }

    /// Makes a new identifier from 160 bits of the generator.
    ///
    /// - Parameter generator: It must be a cryptographic source wherever the identifier protects a sign-in.
    /// - Returns: An underscore and 40 hexadecimal digits.
    package static func random(using generator: inout some RandomNumberGenerator) -> MessageID {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = [UInt8(ascii: "_")]
        for _ in 0..<20 {
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        return MessageID(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    package var description: String { self.value }

    private static func isLetterOrUnderscore(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        case _: false
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        case _: Self.isLetterOrUnderscore(byte)
        }
    }
}
