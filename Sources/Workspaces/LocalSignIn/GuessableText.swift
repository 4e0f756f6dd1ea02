/// What is left of a passphrase without what everybody tries first: known passwords, rows of keys, one thing again and again.
///
/// A list of known passwords (NIST SP 800-63B, 3.1.1.2) says little about texts of ``PassphraseRule/minimumLength``: what
/// is guessed there is made of the short ones, so these are looked for as parts.
enum GuessableText {
    /// Parts of the passwords that head every list of leaked ones, and words that a page about passwords suggests.
    private static let words = [
        "administrator", "iloveyou", "passphrase", "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword",
        "baseball",
        "changeme", "football", "princess", "sunshine", "superman", "trustno1", "batman", "dragon", "letmein", "master",
        "monkey", "portico", "qwerty", "secret", "shadow", "welcome", "admin", "hello", "login", "company", "test",
    ]
    /// Rows of keys, letters and digits, of which any run counts, in either direction.
    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
        "qsdfghjklm", "zxcvbnm", "yxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    ]
    private static let shortestRun = 4
    private static let bothWays = Self.rows.flatMap { [Array($0), Array($0.reversed())] }

    /// What is left of a text in lower case.
    static func rest(of text: String) -> String {
        var rest = String(text.filter { $0.isLetter || $0.isNumber || $0 == "@" })
        for word in Self.words { rest = rest.replacing(word, with: "") }
        return String(Self.withoutRepetition(Self.withoutRuns(Array(rest))))
    }

    private static func withoutRuns(_ text: [Character]) -> [Character] {
        var rest: [Character] = []
        var position = 0
        while position < text.count {
            let length = Self.bothWays.map { Self.length(of: text[position...], within: $0) }.max() ?? 0
            if length >= Self.shortestRun {
                position += length
            } else {
                rest.append(text[position])
                position += 1
            }
        }
        return rest
    }

    /// How many characters at the beginning of a text stand next to one another in a row.
    private static func length(of text: ArraySlice<Character>, within row: [Character]) -> Int {
        row.indices.map { start in zip(text, row[start...]).prefix { $0 == $1 }.count }.max() ?? 0
    }

    /// The part of which the whole text is a repetition, or else the text.
    private static func withoutRepetition(_ text: [Character]) -> ArraySlice<Character> {
        let period = (1...max(1, text.count))
            .first { period in
                text.indices.allSatisfy { $0 < period || text[$0] == text[$0 - period] }
            }
        // One that comes twice, or nearly.
        guard let period, period * 3 <= text.count * 2 else { return text[...] }
        return text.prefix(period)
    }
}
