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
        let start = text.drop(while: \.isXMLWhitespace)
        return String(start.reversed().drop(while: \.isXMLWhitespace).reversed())
    }
}

extension Character {
    /// Whether this is white space of XML 1.0 (2.3).
    var isXMLWhitespace: Bool {
        // A carriage return and a line feed in a row are one character.
        self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n"
    }
}
