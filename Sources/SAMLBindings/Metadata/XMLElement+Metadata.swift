import XMLSecurity

extension XMLElement {
    /// The text of an element of metadata that holds text alone, without the white space around it.
    func metadataText() throws(MetadataRejection) -> String {
        let text: String
        do throws(XMLRejection) {
            text = try self.text()
        } catch {
            throw .malformed(self.name.localName)
        }
        // Bytes, because going through the characters of a certificate costs as much as reading it.
        guard let first = text.utf8.firstIndex(where: { !Self.isWhitespace($0) }),
            let last = text.utf8.lastIndex(where: { !Self.isWhitespace($0) })
        else { return "" }
        return String(text[first..<text.utf8.index(after: last)])
    }

    /// Whether a byte is white space of XML 1.0 (2.3).
    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

extension Character {
    /// Whether this is white space of XML 1.0 (2.3).
    var isXMLWhitespace: Bool {
        // A carriage return and a line feed in a row are one character.
        self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n"
    }
}
