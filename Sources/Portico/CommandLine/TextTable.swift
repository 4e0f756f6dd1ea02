import Workspaces

/// A table for people: columns as wide as their widest cell, two spaces between them.
///
/// Cells may hold text by anybody, so control characters are written out.
struct TextTable: Hashable, Sendable {
    private let lines: [[String]]

    /// A table with a heading.
    init(columns: [String], rows: [[String]]) {
        self.lines = [columns.map { $0.uppercased() }] + rows.map { $0.map(PrintableText.escaped) }
    }
}

extension TextTable: CustomStringConvertible {
    var description: String {
        let count = self.lines.map(\.count).max() ?? 0
        let widths = (0..<count)
            .map { column in
                self.lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
            }
        return self.lines
            .map { line in
                let cells = zip(line, widths)
                    .map { cell, width in
                        cell + String(repeating: " ", count: max(0, width - cell.count))
                    }
                return String(cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " }))
            }
            .joined(separator: "\n")
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
        guard let last = self.lastIndex(where: { !predicate($0) }) else {
            return self[self.startIndex..<self.startIndex]
        }
        return self[...last]
    }
}
