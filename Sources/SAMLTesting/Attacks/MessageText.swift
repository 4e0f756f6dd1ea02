/// A message as text, for cutting and pasting whole elements; the prefixes are those of ``TestIdentityProvider``.
struct MessageText {
    var text: String

    init(_ text: String) {
        self.text = text
    }

    /// The text from the first start tag of this name to the last end tag.
    func element(_ qualifiedName: String) throws(SAMLTestingFailure) -> String {
        guard let start = self.text.firstRange(of: "<" + qualifiedName + " ")?.lowerBound,
            let end = self.text.ranges(of: "</" + qualifiedName + ">").last?.upperBound, start < end
        else { throw .textNotFound(qualifiedName) }
        return String(self.text[start..<end])
    }

    /// Replaces the first occurrence of a text that must be there.
    func replacing(_ text: String, with replacement: String) throws(SAMLTestingFailure) -> MessageText {
        MessageText(try TextEdit(text: text, replacement: replacement).apply(to: self.text))
    }

    /// Puts a text in front of another that must be there.
    func inserting(_ inserted: String, before text: String) throws(SAMLTestingFailure) -> MessageText {
        try self.replacing(text, with: inserted + text)
    }
}
