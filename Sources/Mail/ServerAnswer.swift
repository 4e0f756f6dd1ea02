/// What a mail server answered: a status and its words, one line of printable ASCII.
package struct ServerAnswer: Hashable, Sendable, CustomStringConvertible {
    /// How many characters of the words are kept.
    static let maximumLength = 160

    /// The status (RFC 5321, 4.2.2).
    package let status: Int
    /// The server's words, which may name the recipient.
    package let text: String

    init(status: Int, text: String) {
        self.status = status
        self.text = String(text.prefix(Self.maximumLength))
    }

    /// Whether the server says no for good, and not for now.
    var isPermanent: Bool { (500...599).contains(self.status) }

    /// Whether it is an answer about whoever sends, and none about the message (RFC 4954, section 6).
    var isAboutSender: Bool { (530...538).contains(self.status) }

    /// The answer as the server gave it.
    package var description: String { self.text.isEmpty ? "\(self.status)" : "\(self.status) \(self.text)" }
}
