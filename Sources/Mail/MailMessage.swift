package import FoundationEssentials

/// A message to one person, in plain text and HTML (RFC 5322, RFC 2046).
package struct MailMessage: Hashable, Sendable {
    /// Makes the Message-ID; the same for every attempt to send the message, so that a mailbox can tell.
    package var id: UUID
    /// When it was written.
    package var date: Date
    /// Who sends it.
    package var sender: MailAddress
    /// Who gets it.
    package var recipient: MailAddress
    /// What it is about, any text.
    package var subject: String
    /// The message.
    package var text: String
    /// The message as a page.
    package var html: String

    /// Writes a message.
    package init(
        id: UUID,
        date: Date,
        sender: MailAddress,
        recipient: MailAddress,
        subject: String,
        text: String,
        html: String
    ) {
        self.id = id
        self.date = date
        self.sender = sender
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.html = html
    }

    /// The message as it is sent: ASCII, each line under 78 characters, unless an address is longer, and ended by CR and LF.
    ///
    /// Both parts are base64, in which no line begins with a dot or looks like the boundary.
    var bytes: [UInt8] {
        let boundary = "portico-\(self.id.uuidString)"
        var lines = [
            "Date: \(Self.format(self.date))",
            "From: Portico <\(self.sender.value)>",
            "To: <\(self.recipient.value)>",
            "Subject: \(EncodedWords.encode(self.subject))",
            "Message-ID: <\(self.id.uuidString.lowercased())@\(self.sender.domain)>",
            "MIME-Version: 1.0",
            // RFC 3834, section 5: nobody's absence is answered.
            "Auto-Submitted: auto-generated",
            "Content-Type: multipart/alternative;", " boundary=\"\(boundary)\"",
            "",
        ]
        for (type, content) in [("plain", self.text), ("html", self.html)] {
            lines += [
                "--\(boundary)", "Content-Type: text/\(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ]
            lines += Data(content.utf8)
                .base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
                .split(separator: "\n").map(String.init)
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// The time as RFC 5322, section 3.3, has it, in UTC and without the day of the week, which may be left out.
    private static func format(_ date: Date) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // 2026-11-21T18:05:00Z
        let text = date.formatted(.iso8601)
        let parts = text.prefix(10).split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), months.indices.contains(month - 1) else { return text }
        return "\(parts[2]) \(months[month - 1]) \(parts[0]) \(text.dropFirst(11).prefix(8)) +0000"
    }
}
