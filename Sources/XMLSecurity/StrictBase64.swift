/// Base64 of RFC 4648 without leniency: the standard alphabet, padding, zero trailing bits.
///
/// Only spaces, tabs and line ends are ignored, as XML Schema allows for `base64Binary`; everything that another decoder
/// might read differently is refused (`saml-security` C10).
package enum StrictBase64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// For each of the four places of a group, one behind the other: the bits that each character stands for there.
    private static let places: [UInt32] = {
        var places = [UInt32](repeating: Self.noDigit, count: 4 * 256)
        for (value, character) in alphabet.enumerated() {
            for place in 0..<4 { places[place * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * place) }
        }
        return places
    }()

    /// The bit of a character that stands for nothing; three bytes are below it.
    private static let noDigit: UInt32 = 1 << 31

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
        var isStrict = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: characters.count / 4 * 3 + 4) { output, count in
            guard let decoded = unsafe self.decode(characters, into: UnsafeMutableRawBufferPointer(output)) else {
                return
            }
            count = decoded
            isStrict = true
        }
        return isStrict ? output : nil
    }

    /// Decodes into memory.
    ///
    /// - Parameters:
    ///   - characters: The text.
    ///   - output: Room for three bytes of every four characters, and four more.
    /// - Returns: How many bytes there are; nil when the text is not strict base64.
    private static func decode(_ characters: Span<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Int? {
        let places = self.places.span
        var count = 0
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        var index = 0
        while index < characters.count {
            // Four digits at once, as almost all of a message is; everything else goes one by one below.
            // Every index is below the lengths that the condition and the table's making name; a group is stored with one
            // byte too many, which the next one overwrites.
            while digits == 0, padding == 0, index + 4 <= characters.count {
                let four =
                    unsafe places[unchecked: Int(characters[unchecked: index])]
                    | places[unchecked: 256 + Int(characters[unchecked: index + 1])]
                    | places[unchecked: 512 + Int(characters[unchecked: index + 2])]
                    | places[unchecked: 768 + Int(characters[unchecked: index + 3])]
                guard four & self.noDigit == 0 else { break }
                unsafe output.storeBytes(of: (four << 8).bigEndian, toByteOffset: count, as: UInt32.self)
                count += 3
                index += 4
            }
            guard index < characters.count else { break }
            let character = characters[index]
            index += 1
            let value = places[768 + Int(character)]
            guard value == self.noDigit else {
                guard padding == 0 else { return nil }
                group = group << 6 | value
                digits += 1
                guard digits == 4 else { continue }
                unsafe output[count] = UInt8(truncatingIfNeeded: group >> 16)
                unsafe output[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                unsafe output[count + 2] = UInt8(truncatingIfNeeded: group)
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
            unsafe output[count] = UInt8(truncatingIfNeeded: group >> 4)
            count += 1
        case 3:
            guard group & 0x3 == 0 else { return nil }
            unsafe output[count] = UInt8(truncatingIfNeeded: group >> 10)
            unsafe output[count + 1] = UInt8(truncatingIfNeeded: group >> 2)
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
