/// What was refused on the way to the end, so that everything that is wrong is told at once.
struct CollectedRefusals {
    /// What was refused, in lines for the operator.
    private(set) var lines: [String] = []

    /// Does a step.
    ///
    /// - Returns: What it came to; nil where it was refused.
    /// - Throws: What is no refusal, such as a failure of the database.
    mutating func attempt<Success>(_ step: () async throws -> Success) async throws -> Success? {
        do {
            return try await step()
        } catch {
            guard let refusal = AdministrationFailure.explain(error) as? CommandRefusal else { throw error }
            self.lines.append(refusal.line)
            return nil
        }
    }

    /// Adds what is refused without a step.
    mutating func add(_ line: String) {
        self.lines.append(line)
    }

    /// Throws the refusals, if there are any.
    func check(_ separator: String) throws(CommandRefusal) {
        guard self.lines.isEmpty else { throw CommandRefusal(self.lines.joined(separator: separator)) }
    }
}
