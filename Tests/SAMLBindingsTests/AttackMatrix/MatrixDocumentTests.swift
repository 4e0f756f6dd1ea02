import SAML
import Testing

/// What `Docs/Conformance.md` says of the attack matrix, against the design's rows and the tables of the tests.
@Suite("Attack matrix in the documentation")
struct MatrixDocumentTests {
    /// The rows of the design, saml-security 1.1 to 1.6, by the letter of the part.
    private static let design = [("A", 25), ("B", 11), ("C", 12), ("D", 20), ("E", 8), ("F", 13)]
        .flatMap { part, count in (1...count).map { "\(part)\($0 < 10 ? "0" : "")\($0)" } }

    /// The rows that one table of defects decides, each with all codes of its table.
    private static let tables: [(rows: [String], codes: Set<String>)] = [
        (["B09"], codes(LogoutQueryDefect.all.map(\.code))),
        (["E01"], codes(EncryptionDefect.unprotected.map(\.code))),
        (["E02"], codes(EncryptionDefect.forgeries.map(\.code))),
        (["E03", "E07", "E08"], codes(EncryptionDefect.plaintexts.map(\.code))),
        (["E04"], codes(EncryptionDefect.algorithms.map(\.code))),
        (["E05"], codes(EncryptionDefect.ciphertexts.map(\.code))),
        (["E06"], codes([.xmlInvalid])),
    ]

    private static func codes(_ codes: [ResponseRejection.Code]) -> Set<String> { Set(codes.map(\.rawValue)) }

    @Test
    func hasEveryRowOnceAndNoOther() throws {
        let document = try MatrixDocument()
        #expect(document.rows.map(\.name) == Self.design)
    }

    @Test
    func hasTheCodesThatTheMessagesEndIn() throws {
        let document = try MatrixDocument()
        for row in AttackMatrixRow.all {
            let codes = try #require(document.codes(row.row), "\(row) is of a row that is not in the document")
            #expect(codes.contains(row.code.rawValue), "\(row) has another code in the document")
        }
        for table in Self.tables {
            for row in table.rows {
                #expect(document.codes(row) == table.codes, "\(row)")
            }
        }
    }

    @Test
    func namesTestsThatThereAre() throws {
        let suites = try MatrixDocument.suites()
        for row in try MatrixDocument().rows {
            for name in row.tests {
                let parts = name.split(separator: ".")
                let source = try #require(suites[String(parts[0])], "\(row.name) names \(name)")
                #expect(parts.count == 1 || source.contains("func \(parts[1])("), "\(row.name) names \(name)")
            }
        }
    }

    /// `Scripts/conformance-counts` counts the lines of the list.
    @Test
    func countsTheMessages() throws {
        let list = try Fixture.text("attack-matrix.tsv").split(separator: "\n").map(String.init)
        let messages = AttackMatrixRow.all.map { "\($0.row)\t\($0.code.rawValue)\t\($0.attack)" }
        #expect(list == ["row\tcode\tattack"] + messages)
        let counts = try MatrixDocument().counts
        let posted = AttackMatrixRow.all.count * Exchange.Key.allCases.count
        #expect(counts.contains("\(Self.design.count) rows"), "run Scripts/conformance-counts")
        #expect(counts.contains("\(posted) posts"), "run Scripts/conformance-counts")
    }
}
