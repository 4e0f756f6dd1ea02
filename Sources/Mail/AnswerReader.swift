/// Reads the lines that a server answers, and keeps the last answers (RFC 5321, 4.2.1).
final class AnswerReader {
    private var answers: [ServerAnswer] = []
    private var lines: [String] = []

    /// How much of an answer is kept: a server may write as much as it likes.
    private static let maximumLines = 4
    /// How many answers are kept: the one that counts, and the one to our farewell.
    private static let maximumAnswers = 2

    /// The last answer with a status; `nil` where there is none.
    func last(with status: Int) -> ServerAnswer? {
        self.answers.last { $0.status == status }
    }

    /// Takes a line, with its end.
    func take(_ bytes: UnsafeRawBufferPointer) {
        let isFollowed = unsafe bytes.count > 3 && bytes[3] == UInt8(ascii: "-")
        // What a server says reaches logs and pages: one line of plain characters.
        let line = unsafe String(
            decoding: bytes.prefix(ServerAnswer.maximumLength).filter { (0x20...0x7e).contains($0) },
            as: UTF8.self
        )
        if self.lines.count < Self.maximumLines { self.lines.append(line) }
        guard !isFollowed else { return }
        if let status = Int(line.prefix(3)) {
            let text = self.lines.map { $0.dropFirst(4) }.joined(separator: " ")
            self.answers = (self.answers + [ServerAnswer(status: status, text: text)]).suffix(Self.maximumAnswers)
        }
        self.lines = []
    }
}
