/// One line of what is wrong with a form, which leads to the field.
struct ProblemLink {
    let id: String
    let label: String

    /// The lines of a form in the order of its fields.
    static func all(_ problems: FormProblems, fields: [FormField]) -> [ProblemLink] {
        fields.filter { problems.words(of: $0.name) != nil }.map { ProblemLink(id: $0.id, label: $0.label) }
    }
}
