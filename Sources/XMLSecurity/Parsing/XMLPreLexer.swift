import CXMLSec

/// A first reading of the raw bytes, before libxml2 sees them.
///
/// It refuses what libxml2 accepts but nobody who signs on needs (document types, comments, CDATA sections, processing
/// instructions, other encodings, bytes after a NUL), and counts what makes libxml2 slow: 22,000 attributes on one tag cost
/// it five seconds. It does not check that the document is well-formed; where it errs, it errs towards refusing.
///
/// Everything that begins with `<!` is refused, which covers `<!DOCTYPE`, `<!--` and `<![CDATA[` at once; where comments
/// are dropped, `<!--` up to the next `-->` is passed over. A `<?` is allowed only as an XML declaration at the very start.
struct XMLPreLexer {
    private let limits: XMLLimits
    private let comments: XMLComments
    /// The namespace declarations of each open element, innermost last.
    private var declarationsOfOpenElements: [Int] = []
    private var declarationsInScope = 0
    private var declarationsInAll = 0
    private var elements = 0
    private var attributes = 0
    private var attributePairs = 0
    private var pathLength = 0
    private var expansion = 0
    private var longestNamespace = 0

    /// Reads the bytes once and throws the first reason to refuse them.
    ///
    /// - Returns: Whether every character of the document is ASCII, which is not looked into when one is written as a
    ///   reference.
    @discardableResult
    static func check(
        _ bytes: [UInt8],
        limits: XMLLimits,
        comments: XMLComments = .refused
    ) throws(XMLRejection) -> Bool {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.byteCount else { throw .tooLarge }
        let span = bytes.span
        guard self.first(0, in: span, from: 0) == nil else { throw .containsNUL }
        guard let text = try? UTF8Span(validating: span) else { throw .notUTF8 }
        var lexer = XMLPreLexer(limits: limits, comments: comments)
        try lexer.read(span)
        return text.isKnownASCII && self.first(UInt8(ascii: "&"), in: span, from: 0) == nil
    }

    private init(limits: XMLLimits, comments: XMLComments) {
        self.limits = limits
        self.comments = comments
    }

    private mutating func read(_ bytes: Span<UInt8>) throws(XMLRejection) {
        self.declarationsOfOpenElements.reserveCapacity(self.limits.depth)
        var index = Self.startOfContent(bytes)
        index = try XMLDeclaration.skip(in: bytes, from: index)
        while index < bytes.count {
            guard let start = Self.first(UInt8(ascii: "<"), in: bytes, from: index) else { return }
            index = start
            guard index + 1 < bytes.count else { throw .malformed }
            switch bytes[index + 1] {
            case UInt8(ascii: "!"):
                guard self.comments == .dropped, let end = Self.endOfComment(bytes, from: index + 2) else {
                    throw .forbiddenMarkup
                }
                index = end
            case UInt8(ascii: "?"):
                throw .processingInstruction
            case UInt8(ascii: "/"):
                try self.closeElement()
                index += 2
            default:
                index = try self.readStartTag(bytes, from: index + 1)
            }
        }
    }

    /// The index after a UTF-8 byte order mark, the only one allowed.
    private static func startOfContent(_ bytes: Span<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    /// The index after a comment whose `<!` ends at `start`; nil when no comment, or none that is closed, stands there.
    private static func endOfComment(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        let dash = UInt8(ascii: "-")
        guard start + 1 < bytes.count, bytes[start] == dash, bytes[start + 1] == dash else { return nil }
        var index = start + 2
        while index + 2 < bytes.count {
            if bytes[index] == dash, bytes[index + 1] == dash {
                return bytes[index + 2] == UInt8(ascii: ">") ? index + 3 : nil
            }
            index += 1
        }
        return nil
    }

    /// Reads a start tag from its name on and answers the index after its `>`.
    private mutating func readStartTag(_ bytes: Span<UInt8>, from start: Int) throws(XMLRejection) -> Int {
        var tag = XMLTagCounter()
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: ">"):
                let isEmpty = bytes[index - 1] == UInt8(ascii: "/")
                try self.openElement(tag)
                if isEmpty { try self.closeElement() }
                return index + 1
            case UInt8(ascii: "<"):
                throw .malformed
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let end = try Self.endOfValue(bytes, from: index + 1, quote: byte)
                tag.readValue(length: end - index - 1)
                index = end + 1
            case UInt8(ascii: "="):
                tag.readEquals()
                try self.check(tag)
                index += 1
            default:
                index = XMLTagCounter.isNameByte(byte) ? tag.readName(bytes, from: index) : index + 1
            }
        }
        throw .malformed
    }

    /// The index of the closing quote; a `<` inside a value is not well-formed.
    private static func endOfValue(_ bytes: Span<UInt8>, from start: Int, quote: UInt8) throws(XMLRejection) -> Int {
        guard let end = self.first(quote, in: bytes, from: start) else { throw .malformed }
        let value = bytes.extracting(start..<end)
        guard self.first(UInt8(ascii: "<"), in: value, from: 0) == nil else { throw .malformed }
        return end
    }

    /// The index of the first such byte, nil when there is none.
    private static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        let rest = bytes.extracting(start...)
        return unsafe rest.withUnsafeBytes { rest in
            guard let base = rest.baseAddress, let found = unsafe memchr(base, Int32(byte), rest.count) else {
                return nil
            }
            return unsafe start + (UnsafeRawPointer(found) - base)
        }
    }

    private func check(_ tag: XMLTagCounter) throws(XMLRejection) {
        guard tag.attributes <= self.limits.attributesPerTag else { throw .tooManyAttributes }
        guard tag.declarations <= self.limits.namespacesPerTag else { throw .tooManyNamespaces }
    }

    private mutating func openElement(_ tag: XMLTagCounter) throws(XMLRejection) {
        self.elements += 1
        guard self.elements <= self.limits.elementCount else { throw .tooManyElements }
        self.declarationsOfOpenElements.append(tag.declarations)
        guard self.declarationsOfOpenElements.count <= self.limits.depth else { throw .tooDeep }
        self.pathLength += self.declarationsOfOpenElements.count * (1 + tag.attributes + tag.declarations)
        guard self.pathLength <= self.limits.pathLength else { throw .tooDeep }
        self.declarationsInScope += tag.declarations
        self.declarationsInAll += tag.declarations
        guard
            self.declarationsInScope <= self.limits.namespacesInScope,
            self.declarationsInAll <= self.limits.namespacesInAll
        else { throw .tooManyNamespaces }
        self.attributes += tag.attributes
        self.attributePairs += tag.attributes * tag.attributes
        guard
            self.attributes <= self.limits.attributesInAll, self.attributePairs <= self.limits.attributePairs
        else { throw .tooManyAttributes }
        guard self.elements + self.attributes + self.declarationsInAll <= self.limits.nodeCount else {
            throw .tooManyElements
        }
        self.longestNamespace = max(self.longestNamespace, tag.longestNamespace)
        self.expansion += self.longestNamespace * (1 + tag.prefixedAttributes)
        guard self.expansion <= self.limits.namespaceExpansion else { throw .tooMuchExpansion }
    }

    private mutating func closeElement() throws(XMLRejection) {
        guard let declarations = self.declarationsOfOpenElements.popLast() else { throw .malformed }
        self.declarationsInScope -= declarations
    }
}
