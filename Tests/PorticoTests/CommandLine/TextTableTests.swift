import Testing

@testable import Portico

@Suite("Tables for people")
struct TextTableTests {
    @Test("Columns are as wide as their widest cell, and no line ends in spaces")
    func columns() {
        let table = TextTable(columns: ["id", "name"], rows: [["company-a", "A"], ["b", "Company B"]])
        #expect(table.description == "ID         NAME\ncompany-a  A\nb          Company B")
    }
}
