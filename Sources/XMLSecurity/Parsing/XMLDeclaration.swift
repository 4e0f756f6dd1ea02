/// The XML declaration, `<?xml version="1.0" encoding="UTF-8"?>`: the only markup of its kind that is allowed.
enum XMLDeclaration {
    /// Answers the index after the declaration, or the start when there is none.
    ///
    /// - Throws: `processingInstruction` when what stands there is not such a declaration, `notUTF8` when it names
    ///   another encoding.
    static func skip(in bytes: Span<UInt8>, from start: Int) throws(XMLRejection) -> Int {
        guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: "<"), bytes[start + 1] == UInt8(ascii: "?") else {
            return start
        }
        var content: [UInt8] = []
        var index = start + 2
        while index + 1 < bytes.count, content.count < 128 {
            if bytes[index] == UInt8(ascii: "?"), bytes[index + 1] == UInt8(ascii: ">") {
                try self.check(content)
                return index + 2
            }
            content.append(bytes[index])
            index += 1
        }
        throw .processingInstruction
    }

    /// Checks `xml` and then `version`, `encoding` and `standalone`, in this order, the last two optional (XML 1.0, 2.8).
    private static func check(_ content: [UInt8]) throws(XMLRejection) {
        var rest = content[...]
        guard rest.starts(with: Array("xml".utf8)) else { throw .processingInstruction }
        rest = rest.dropFirst(3)
        guard try self.nextValue(of: "version", in: &rest) == "1.0" else { throw .processingInstruction }
        if let encoding = try self.nextValue(of: "encoding", in: &rest), encoding.lowercased() != "utf-8" {
            throw .notUTF8
        }
        if let standalone = try self.nextValue(of: "standalone", in: &rest), standalone != "yes", standalone != "no" {
            throw .processingInstruction
        }
        guard self.dropWhitespace(rest).isEmpty else { throw .processingInstruction }
    }

    /// Takes ` name="value"` from the front, or answers nil when another name stands there.
    private static func nextValue(
        of name: String,
        in rest: inout ArraySlice<UInt8>
    ) throws(XMLRejection) -> String? {
        var tail = self.dropWhitespace(rest)
        guard tail.starts(with: Array(name.utf8)) else { return nil }
        guard tail.startIndex > rest.startIndex else { throw .processingInstruction }
        tail = self.dropWhitespace(tail.dropFirst(name.utf8.count))
        guard tail.popFirst() == UInt8(ascii: "=") else { throw .processingInstruction }
        tail = self.dropWhitespace(tail)
        guard
            let quote = tail.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = tail.firstIndex(of: quote)
        else { throw .processingInstruction }
        rest = tail[(end + 1)...]
        return String(decoding: tail[..<end], as: UTF8.self)
    }

    private static func dropWhitespace(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    }
}
