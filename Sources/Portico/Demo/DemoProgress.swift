import Foundation

/// What the demonstration says while it works: a line for each step, at once, to a terminal or a file alike.
struct DemoProgress: Sendable {
    /// Says what is being done.
    func step(_ text: String) {
        self.write("  · \(text)\n")
    }

    /// Writes text as it is.
    func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
