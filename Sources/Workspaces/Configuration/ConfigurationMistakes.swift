/// Everything that is wrong with what somebody filled in, reported together.
package struct ConfigurationMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    package struct Mistake: Hashable, Sendable, CustomStringConvertible {
        /// The field, by its name in settings, YAML and forms.
        package let field: String
        /// What is wrong and what to put there instead, in whole sentences.
        package let message: String

        /// Makes a mistake.
        package init(field: String, message: String) {
            self.field = field
            self.message = message
        }

        package var description: String { "\(self.field): \(self.message)" }
    }

    /// The mistakes in the order of the form; never empty.
    package let mistakes: [Mistake]

    /// Puts mistakes together, of which there is at least one.
    package init(mistakes: [Mistake]) {
        self.mistakes = mistakes
    }

    /// Throws the mistakes, if there are any.
    static func check(_ mistakes: [Mistake]) throws(ConfigurationMistakes) {
        guard mistakes.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes) }
    }

    /// One line for each mistake.
    package var description: String { self.mistakes.map(\.description).joined(separator: "\n") }
}
