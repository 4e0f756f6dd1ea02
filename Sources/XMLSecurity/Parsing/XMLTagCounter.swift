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

    private static let xmlns = Array("xmlns".utf8)

    /// The index of the last byte of a name, to tell where the next name begins.
    private var lastNameByte: Int
    /// How many bytes of `xmlns` the name began with; -1 once it differs.
    private var matched = 0
    private var nameLength = 0
    private var hasPrefix = false
    private var currentIsDeclaration = false

    /// Begins a tag whose name starts at an index.
    init(nameStart: Int) {
        self.lastNameByte = nameStart - 1
    }

    mutating func readNameByte(_ byte: UInt8, at index: Int) {
        guard byte > 0x20, byte != UInt8(ascii: "/") else { return }
        if index != self.lastNameByte + 1 { self.beginName() }
        self.lastNameByte = index
        if self.nameLength < 5 {
            self.matched =
                self.matched == self.nameLength && byte == Self.xmlns[self.nameLength] ? self.matched + 1 : -1
        } else if self.nameLength == 5, byte != UInt8(ascii: ":") {
            self.matched = -1
        }
        if byte == UInt8(ascii: ":") { self.hasPrefix = true }
        self.nameLength += 1
    }

    mutating func readEquals() {
        self.currentIsDeclaration = self.matched == 5
        if self.currentIsDeclaration {
            self.declarations += 1
        } else {
            self.attributes += 1
            if self.hasPrefix { self.prefixedAttributes += 1 }
        }
    }

    mutating func readValue(length: Int) {
        if self.currentIsDeclaration { self.longestNamespace = max(self.longestNamespace, length) }
        self.currentIsDeclaration = false
        self.lastNameByte = -2
    }

    private mutating func beginName() {
        self.matched = 0
        self.nameLength = 0
        self.hasPrefix = false
    }
}
