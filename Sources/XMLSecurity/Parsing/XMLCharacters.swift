import CXMLSec

/// Compares text byte by byte, for which it makes no `String` and looks at no character.
enum XMLCharacters {
    /// Whether a string of libxml2's, which ends with a NUL, has exactly the bytes of a text; no string counts as empty.
    ///
    /// A message is searched for names hundreds of times.
    static func equal(_ characters: UnsafePointer<xmlChar>?, _ text: String) -> Bool {
        unsafe self.equal(characters, text.utf8.span)
    }

    /// The same for the bytes of a text.
    static func equal(_ characters: UnsafePointer<xmlChar>?, _ text: Span<UInt8>) -> Bool {
        guard let characters = unsafe characters else { return text.isEmpty }
        return unsafe text.withUnsafeBytes { text in
            guard let bytes = text.baseAddress else { return unsafe characters.pointee == 0 }
            // What is compared does not go beyond the NUL: only an equal character lets the next one be looked at.
            return unsafe strncmp(
                self.cString(characters),
                bytes.assumingMemoryBound(to: CChar.self),
                text.count
            ) == 0 && characters[text.count] == 0
        }
    }

    /// Whether two strings of libxml2's have the same bytes; no string counts as empty.
    static func areEqual(_ left: UnsafePointer<xmlChar>?, _ right: UnsafePointer<xmlChar>?) -> Bool {
        if unsafe left == right { return true }
        guard let left = unsafe left, let right = unsafe right else {
            return unsafe (left?.pointee ?? 0) == 0 && (right?.pointee ?? 0) == 0
        }
        return unsafe strcmp(self.cString(left), self.cString(right)) == 0
    }

    /// Appends a string of libxml2's; no string counts as empty.
    static func append(_ characters: UnsafePointer<xmlChar>?, to output: inout [UInt8]) {
        guard let characters = unsafe characters else { return }
        unsafe output.append(contentsOf: self.bytes(of: characters))
    }

    /// The bytes of a string of libxml2's before the NUL.
    static func bytes(of characters: UnsafePointer<xmlChar>) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: characters, count: strlen(self.cString(characters)))
    }

    /// The same string for the functions of the C library.
    static func cString(_ characters: UnsafePointer<xmlChar>) -> UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(characters).assumingMemoryBound(to: CChar.self)
    }

    /// Whether two texts are the same bytes.
    static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8.span, right.utf8.span)
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return unsafe memcmp(first, second, left.count) == 0
            }
        }
    }
}
