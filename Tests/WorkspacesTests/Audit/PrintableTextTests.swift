import Testing
import Workspaces

@Suite("Text for a terminal")
struct PrintableTextTests {
    @Test(
        "What could end a line, command a terminal or turn the writing is written as a number",
        arguments: [
            ("\u{1B}[2J", "\\u001b[2J"), ("a\nb", "a\\u000ab"), ("\u{9B}31m", "\\u009b31m"), ("\u{7F}", "\\u007f"),
            ("\u{2028}", "\\u2028"), ("\u{202E}moc", "\\u202emoc"), ("\u{2066}x\u{2069}", "\\u2066x\\u2069"),
            ("\u{200F}", "\\u200f"), ("é \u{1F600} שלום", "é \u{1F600} שלום"),
        ]
    )
    func escapes(_ text: String, _ escaped: String) {
        #expect(PrintableText.escaped(text) == escaped)
    }
}
