import Workspaces

/// What is wrong with a form that was sent, each at its field.
struct FormProblems {
    private var mistakes: [ConfigurationMistakes.Mistake]

    init(_ mistakes: [ConfigurationMistakes.Mistake] = []) {
        self.mistakes = mistakes
    }

    /// Whether nothing is wrong.
    var isEmpty: Bool { self.mistakes.isEmpty }

    /// How many fields have something wrong.
    var count: Int { self.mistakes.count }

    /// The first field with something wrong, where the person goes on.
    var first: String? { self.mistakes.first?.field }

    /// What is wrong with a field.
    func words(of field: String) -> String? {
        self.mistakes.first { $0.field == field }?.message
    }

    /// What is wrong with fields that are not on the page.
    func beside(_ fields: [String]) -> [String] {
        self.mistakes.filter { !fields.contains($0.field) }.map(\.message)
    }

    mutating func add(_ mistakes: [ConfigurationMistakes.Mistake]) {
        self.mistakes += mistakes
    }
}
