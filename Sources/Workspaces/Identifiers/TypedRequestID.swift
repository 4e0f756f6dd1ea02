/// The identifier of a request as somebody types it who reads it from a page, or hears it on the telephone.
package struct TypedRequestID: Hashable, Sendable {
    /// How many characters of an identifier tell it from others.
    private static let minimumLength = 8

    /// What was typed, without white space and without the words that stand before an identifier on error pages.
    package let text: String
    /// How identifiers begin that are meant, too: those of Portico have small letters alone; `nil` where too little was typed.
    package let beginning: String?

    /// Reads what was typed.
    ///
    /// - Returns: `nil` for a text that no identifier can be.
    package init?(_ typed: String) {
        let text = typed.filter { !$0.isWhitespace }
        let lowercased = text.lowercased()
        var id = text[...]
        // Both lines of an error page, or the second.
        if lowercased.hasPrefix("code") || lowercased.hasPrefix("request"),
            let label = lowercased.ranges(of: "request").last
        {
            let count = lowercased.distance(from: lowercased.startIndex, to: label.upperBound)
            id = id.dropFirst(count).drop { $0 == ":" }
        }
        guard let requestID = RequestID(String(id)) else { return nil }
        self.text = requestID.value
        self.beginning = id.utf8.count < Self.minimumLength ? nil : id.lowercased()
    }
}
