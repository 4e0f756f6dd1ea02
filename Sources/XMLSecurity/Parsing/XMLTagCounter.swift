/// What the pre-lexer counts while it reads one start tag.
///
/// A name is an attribute once its `=` is seen. `xmlns` and `xmlns:…` are namespace declarations.
struct XMLTagCounter {
    private(set) var attributes = 0
    private(set) var declarations = 0
    /// Attributes whose name has a prefix.
    private(set) var prefixedAttributes = 0
    /// The length in bytes of the longest namespace name that this tag declares.
    private(set) var longestNamespace = 0

    /// Whether the last name was `xmlns` or began with `xmlns:`.
    private var nameIsDeclaration = false
    private var nameHasPrefix = false
    private var currentIsDeclaration = false

    /// Reads the longest run of a name's bytes and answers the index behind it.
    mutating func readName(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var end = start
        var hasPrefix = false
        while end < bytes.count {
            let byte = unsafe bytes[unchecked: end]
            guard Self.isNameByte(byte) else { break }
            if byte == UInt8(ascii: ":") { hasPrefix = true }
            end += 1
        }
        self.nameHasPrefix = hasPrefix
        self.nameIsDeclaration =
            end - start >= 5 && bytes[start] == UInt8(ascii: "x") && bytes[start + 1] == UInt8(ascii: "m")
            && bytes[start + 2] == UInt8(ascii: "l") && bytes[start + 3] == UInt8(ascii: "n")
            && bytes[start + 4] == UInt8(ascii: "s")
            && (end - start == 5 || bytes[start + 5] == UInt8(ascii: ":"))
        return end
    }

    /// Whether a byte is part of a name: anything but white space and what ends a name in a tag.
    static func isNameByte(_ byte: UInt8) -> Bool {
        byte > UInt8(ascii: ">") || Self.nameBytes >> UInt64(byte) & 1 == 1
    }

    /// A bit for each byte up to `>`, from the lowest: set from `!` to `;` but for quotes and the slash.
    private static var nameBytes: UInt64 { 0x0FFF_7F7A_0000_0000 }

    mutating func readEquals() {
        self.currentIsDeclaration = self.nameIsDeclaration
        if self.currentIsDeclaration {
            self.declarations += 1
        } else {
            self.attributes += 1
            if self.nameHasPrefix { self.prefixedAttributes += 1 }
        }
    }

    mutating func readValue(length: Int) {
        if self.currentIsDeclaration { self.longestNamespace = max(self.longestNamespace, length) }
        self.currentIsDeclaration = false
    }
}
