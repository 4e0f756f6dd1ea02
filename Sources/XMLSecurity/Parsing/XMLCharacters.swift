import CXMLSec

/// Compares text byte by byte, for which it makes no `String` and looks at no character.
enum XMLCharacters {
    /// Whether a string of libxml2's, which ends with a NUL, has exactly the bytes of a text; no string counts as empty.
    ///
    /// A message is searched for names hundreds of times.
    static func equal(_ characters: UnsafePointer<xmlChar>?, _ text: String) -> Bool {
        guard let characters = unsafe characters else { return text.isEmpty }
        var text = text
        return text.withUTF8 { utf8 in
            guard let bytes = utf8.baseAddress else { return unsafe characters.pointee == 0 }
            // The length first: what is compared must not go beyond the NUL.
            return unsafe Int(xmlStrlen(characters)) == utf8.count && memcmp(characters, bytes, utf8.count) == 0
        }
    }

    /// Whether two texts are the same bytes.
    static func equal(_ left: String, _ right: String) -> Bool {
        var left = left
        var right = right
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard left.count == right.count else { return false }
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return unsafe memcmp(first, second, left.count) == 0
            }
        }
    }
}
