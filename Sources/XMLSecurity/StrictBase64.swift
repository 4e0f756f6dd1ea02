/// Base64 of RFC 4648 without leniency: the standard alphabet, padding, zero trailing bits.
///
/// Only spaces, tabs and line ends are ignored, as XML Schema allows for `base64Binary`; everything that another decoder
/// might read differently is refused (`saml-security` C10).
package enum StrictBase64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Decodes text; nil when it is not strict base64, no bytes for no text.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { unsafe self.decode($0.span) }
    }

    /// Decodes the bytes of a text; nil when it is not strict base64.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        // An array, because going through the bytes of another collection one by one costs several times as much.
        let characters = Array(text)
        return self.decode(characters.span)
    }

    private static func decode(_ characters: Span<UInt8>) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: characters.count / 4 * 3 + 3)
        var bytes = output.mutableSpan
        guard let count = self.decode(characters, into: &bytes) else { return nil }
        output.removeLast(output.count - count)
        return output
    }

    /// Decodes into a span that is large enough, and answers how many bytes there are; nil when it is not strict base64.
    private static func decode(_ characters: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Int? {
        let values = self.values.span
        var count = 0
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        var index = 0
        while index < characters.count {
            // Four digits at once, as almost all of a message is; everything else goes one by one below.
            while digits == 0, padding == 0, index + 4 <= characters.count {
                let first = values[Int(characters[index])]
                let second = values[Int(characters[index + 1])]
                let third = values[Int(characters[index + 2])]
                let fourth = values[Int(characters[index + 3])]
                guard (first | second | third | fourth) & 0x80 == 0 else { break }
                output[count] = first << 2 | second >> 4
                output[count + 1] = second << 4 | third >> 2
                output[count + 2] = third << 6 | fourth
                count += 3
                index += 4
            }
            guard index < characters.count else { break }
            let character = characters[index]
            index += 1
            let value = values[Int(character)]
            guard value == 0xFF else {
                guard padding == 0 else { return nil }
                group = group << 6 | UInt32(value)
                digits += 1
                guard digits == 4 else { continue }
                output[count] = UInt8(truncatingIfNeeded: group >> 16)
                output[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                output[count + 2] = UInt8(truncatingIfNeeded: group)
                count += 3
                group = 0
                digits = 0
                continue
            }
            switch character {
            case 0x20, 0x09, 0x0A, 0x0D:
                continue
            case UInt8(ascii: "="):
                padding += 1
                guard digits + padding <= 4, digits >= 2 else { return nil }
            default:
                return nil
            }
        }
        guard digits + padding == 4 || digits + padding == 0 else { return nil }
        switch digits {
        case 0:
            break
        case 2:
            guard group & 0xF == 0 else { return nil }
            output[count] = UInt8(truncatingIfNeeded: group >> 4)
            count += 1
        case 3:
            guard group & 0x3 == 0 else { return nil }
            output[count] = UInt8(truncatingIfNeeded: group >> 10)
            output[count + 1] = UInt8(truncatingIfNeeded: group >> 2)
            count += 2
        default:
            return nil
        }
        return count
    }

    /// Encodes bytes on one line.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        let bytes = Array(bytes)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            let group =
                UInt32(bytes[start]) << 16 | UInt32(count > 1 ? bytes[start + 1] : 0) << 8
                | UInt32(count > 2 ? bytes[start + 2] : 0)
            text.append(self.alphabet[Int(group >> 18 & 63)])
            text.append(self.alphabet[Int(group >> 12 & 63)])
            text.append(count > 1 ? self.alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(count > 2 ? self.alphabet[Int(group & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
