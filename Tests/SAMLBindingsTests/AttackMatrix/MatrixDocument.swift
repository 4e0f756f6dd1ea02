import Foundation
import Testing

/// The attack matrix as `Docs/Conformance.md` has it.
struct MatrixDocument {
    /// One line of the table.
    struct Row {
        /// `A01` to `F13`.
        let name: String
        /// The codes that the attack ends in.
        let codes: Set<String>
        /// The suites that hold it, each with the test that is named with it.
        let tests: [String]
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../")

    /// The lines in the order of the document.
    let rows: [Row]
    /// What the document says of the table as a whole.
    let counts: String

    init() throws {
        let text = try String(contentsOf: Self.root.appending(path: "Docs/Conformance.md"), encoding: .utf8)
        let start = try #require(text.firstRange(of: "## The attack matrix\n")).upperBound
        let section = try #require(text[start...].split(separator: "\n## ").first)
        // Behind the heading and the line that aligns the columns.
        self.rows = section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
            .map { line in
                let cells = line.dropFirst().split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                guard cells.count == 4 else { return Row(name: String(line), codes: [], tests: []) }
                return Row(
                    name: cells[0],
                    codes: Set(Self.quoted(cells[1])),
                    tests: Self.quoted(cells[3])
                        .filter { $0.split(separator: ".").first?.hasSuffix("Tests") == true }
                )
            }
        let counts = try #require(section.firstRange(of: "<!-- matrix -->\n")).upperBound
        self.counts = String(try #require(section[counts...].split(separator: "\n<!-- end -->").first))
    }

    /// The codes of one row; nil when it is missing.
    func codes(_ name: String) -> Set<String>? {
        self.rows.first { $0.name == name }?.codes
    }

    /// The source of every suite in the project's tests, by its name.
    static func suites() throws -> [String: String] {
        let files = try #require(
            FileManager.default.enumerator(at: self.root.appending(path: "Tests"), includingPropertiesForKeys: nil)
        )
        var suites: [String: String] = [:]
        for case let file as URL in files where file.lastPathComponent.hasSuffix("Tests.swift") {
            let name = file.deletingPathExtension().lastPathComponent
            suites[name, default: ""] += try String(contentsOf: file, encoding: .utf8)
        }
        return suites
    }

    /// What stands between backticks.
    private static func quoted(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
    }
}
