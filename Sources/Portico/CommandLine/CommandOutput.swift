import Foundation
import Workspaces

/// What a command writes on standard output: a table or lines for people, JSON for machines.
struct CommandOutput: Sendable {
    /// Who reads.
    enum Format: Hashable, Sendable {
        /// People.
        case human

        /// Programs: keys in snake case, times RFC 3339 in UTC, ids as strings (rulings 15).
        case json
    }

    /// Who reads.
    let format: Format

    /// Writes for people or, with `json`, for programs.
    init(json: Bool) {
        self.format = json ? .json : .human
    }

    /// Writes a list: an array, or a table with a heading.
    func list<Row: Encodable>(_ rows: [Row], columns: [String], cells: (Row) -> [String], whenEmpty: String) throws {
        switch self.format {
        case .json: try self.write(json: rows)
        case .human where rows.isEmpty: self.line(whenEmpty)
        case .human: self.line(TextTable(columns: columns, rows: rows.map(cells)).description)
        }
    }

    /// Writes one thing: an object, or its fields one on a line.
    func show(_ value: some Encodable, fields: [(name: String, value: String)]) throws {
        switch self.format {
        case .json:
            try self.write(json: value)
        case .human:
            let width = fields.map(\.name.count).max() ?? 0
            for (name, value) in fields {
                self.line(
                    name.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + PrintableText.escaped(value)
                )
            }
        }
    }

    /// Says that something was done: a sentence for people, the thing itself for programs.
    func done(_ sentence: String, _ value: some Encodable) throws {
        try self.done([sentence], value)
    }

    /// Says what was found or done in several lines: for people; the thing itself for programs.
    func done(_ lines: [String], _ value: some Encodable) throws {
        switch self.format {
        case .json: try self.write(json: value)
        case .human: for line in lines { self.line(PrintableText.escaped(line)) }
        }
    }

    /// Writes a line as it is.
    func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Tells people something beside the output, on standard error.
    func note(_ text: String) {
        FileHandle.standardError.write(Data("portico: \(text)\n".utf8))
    }

    /// Whether a person sits at a terminal, sees what is written and can answer.
    var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Writes a question, after which the answer is typed on the same line.
    func ask(_ question: String) {
        FileHandle.standardOutput.write(Data(question.utf8))
    }

    private func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        // JSON lets more stand as it is than a terminal should see, and only within strings, where `\uXXXX` says the same.
        let lines = json.split(separator: "\n", omittingEmptySubsequences: false)
            .map { PrintableText.escaped(String($0)) }
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
