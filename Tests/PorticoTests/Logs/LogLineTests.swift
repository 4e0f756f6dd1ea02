import Foundation
import Logging
import Synchronization
import Testing

@testable import Portico

@Suite("Lines of the log")
struct LogLineTests {
    private func lines(_ format: LogFormat, _ body: (Logger) -> Void) -> [String] {
        let lines = LineBox()
        let logger = Logger(label: "portico.test") { label in
            ConsoleLogHandler(label: label, threshold: LogThreshold(.info), format: format) { lines.append($0) }
        }
        body(logger)
        return lines.all
    }

    @Test("Text has time, level, label, message and sorted metadata")
    func text() throws {
        let lines = self.lines(.text) { $0.info("listening", metadata: ["b": "two words", "a": "1"]) }
        let line = try #require(lines.first)
        #expect(line.hasSuffix(" info portico.test: listening a=1 b=\"two words\""))
    }

    @Test("JSON is one object, and metadata cannot overwrite its own keys")
    func json() throws {
        let lines = self.lines(.json) { $0.warning("look \"here\"\\", metadata: ["level": "fake", "x": "\u{1}\n"]) }
        let object = try JSONDecoder().decode([String: String].self, from: Data(try #require(lines.first).utf8))
        #expect(object["message"] == "look \"here\"\\")
        #expect(object["level"] == "warning")
        #expect(object["metadata.level"] == "fake")
        #expect(object["x"] == "\u{1}\n")
    }

    @Test("One event is one line, whatever an attacker sent", arguments: [LogFormat.text, .json])
    func oneLine(_ format: LogFormat) throws {
        let hostile = "a\r\n2026 info portico: b\u{1b}[2J\u{2028}\u{85}c"
        let lines = self.lines(format) { $0.info("request", metadata: ["user.agent": "\(hostile)"]) }
        let line = try #require(lines.first)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x85 && $0.value != 0x2028 })
    }

    @Test("Events below the level are left out")
    func level() {
        #expect(self.lines(.text) { $0.debug("quiet") }.isEmpty)
    }

    /// The lines that a handler wrote.
    private final class LineBox: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { self.lines.withLock { $0 } }

        func append(_ line: String) { self.lines.withLock { $0.append(line) } }
    }
}
