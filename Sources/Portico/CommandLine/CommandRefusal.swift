/// A command could not be done: one line says why and what to do, and the program exits with status 1.
struct CommandRefusal: Error, Hashable, Sendable {
    /// The line, without the program's name in front.
    let line: String

    init(_ line: String) {
        self.line = line
    }
}
