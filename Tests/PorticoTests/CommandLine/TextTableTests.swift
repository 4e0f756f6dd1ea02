import Testing

@testable import Portico

@Suite("Tables for people")
struct TextTableTests {
    @Test("Columns are as wide as their widest cell, and no line ends in spaces")
    func columns() {
        let table = TextTable(columns: ["id", "name"], rows: [["company-a", "A"], ["b", "Company B"]])
        #expect(table.description == "ID         NAME\ncompany-a  A\nb          Company B")
    }

    @Test("Control characters in a cell are written out")
    func controlCharacters() {
        let table = TextTable(columns: ["name"], rows: [["\u{1b}[2Jann\r\n\u{2028}"]])
        #expect(table.description == "NAME\n\\u001b[2Jann\\u000d\\u000a\\u2028")
    }
}
