import FoundationEssentials

/// Writes text into a header: as it is where it is plain, as encoded words otherwise (RFC 2047).
enum EncodedWords {
    /// The greatest length of what stays as it is, so that no line becomes too long.
    private static let plainLength = 60
    /// How many bytes one word holds: 52 characters of base64 with 12 around them, under the 75 of section 2.
    private static let wordLength = 39

    /// The text for a header; no line break of the text is left, so that none comes back where a header is decoded.
    static func encode(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { Self.isControl($0) ? " " : $0 }
        let line = String(String.UnicodeScalarView(scalars))
        guard !Self.isPlain(line) else { return line }
        var words: [[UInt8]] = [[]]
        for scalar in scalars {
            // A character is never split over two words (section 5).
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > Self.wordLength { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case _: false
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= Self.plainLength && !text.contains("=?")
            && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    }
}
