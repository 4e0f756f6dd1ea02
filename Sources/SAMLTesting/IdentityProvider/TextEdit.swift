/// One replacement in a message's text.
struct TextEdit: Hashable, Sendable {
    let text: String
    let replacement: String

    /// Replaces the first occurrence.
    func apply(to message: String) throws(SAMLTestingFailure) -> String {
        let bytes = Array(message.utf8)
        let wanted = Array(self.text.utf8)
        guard !wanted.isEmpty, bytes.count >= wanted.count,
            let start = (0...(bytes.count - wanted.count)).first(where: { bytes[$0...].starts(with: wanted) })
        else { throw .textNotFound(self.text) }
        let edited = bytes[..<start] + Array(self.replacement.utf8) + bytes[(start + wanted.count)...]
        return String(decoding: edited, as: UTF8.self)
    }
}
