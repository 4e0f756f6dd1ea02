import CXMLSec

/// The two ways in which characters are written (Canonical XML 1.0, 2.3).
enum CanonicalText {
    /// Text between tags.
    case content
    /// The value of an attribute or of a namespace declaration, between double quotes.
    case attributeValue

    /// Appends a string of libxml2's, which ends with a NUL; no string counts as empty.
    func write(_ characters: UnsafePointer<xmlChar>?, to output: inout [UInt8]) {
        guard let characters = unsafe characters else { return }
        var rest = unsafe XMLCharacters.cString(characters)
        while true {
            let run = unsafe strcspn(rest, self.escaped)
            unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: rest, count: run))
            let character = unsafe UInt8(bitPattern: rest[run])
            guard character != 0 else { return }
            output.append(contentsOf: Self.reference(to: character))
            unsafe rest += run + 1
        }
    }

    /// The characters that are written as references, as a C string.
    private var escaped: UnsafePointer<CChar> {
        let characters: StaticString =
            switch self {
            case .content: "&<>\r"
            case .attributeValue: "&<\"\t\n\r"
            }
        return unsafe UnsafeRawPointer(characters.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static func reference(to character: UInt8) -> String.UTF8View {
        let reference =
            switch character {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "\t"): "&#x9;"
            case UInt8(ascii: "\n"): "&#xA;"
            default: "&#xD;"
            }
        return reference.utf8
    }
}
