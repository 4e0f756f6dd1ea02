import Foundation

/// A message as a mail server took it.
enum MailText {
    /// The parts of a message in base64, decoded: plain text and HTML.
    static func parts(of message: String) -> [String] {
        message.components(separatedBy: "Content-Transfer-Encoding: base64\n\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n--").first }
            .compactMap { Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }
            .compactMap { String(bytes: $0, encoding: .utf8) }
    }

    /// Whom a message went to.
    static func recipient(of message: String) -> String {
        message.firstMatch(of: /X-RcptTo: (\S+)/).map { String($0.1) } ?? ""
    }
}
