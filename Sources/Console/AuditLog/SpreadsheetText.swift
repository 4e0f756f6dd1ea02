/// Text by anybody in a file that a spreadsheet opens.
enum SpreadsheetText {
    /// Keeps a spreadsheet from computing the text: an apostrophe stands before what begins like a formula.
    ///
    /// Where the comma is the decimal mark, a spreadsheet ends a cell at a semicolon, in the middle of quotes as well; so
    /// what comes after one begins like a cell, too. It also takes the wide forms of the signs for the signs.
    static func inert(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isAtBeginning = true
        for scalar in text.unicodeScalars {
            if isAtBeginning, Self.beginsFormula(scalar) { result.append("'") }
            result.append(scalar)
            isAtBeginning = scalar == ";" || (isAtBeginning && scalar == "\"")
        }
        return String(result)
    }

    private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        case _: false
        }
    }
}
