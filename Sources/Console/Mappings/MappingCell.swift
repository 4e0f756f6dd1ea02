import Workspaces

/// One field of a line of mappings: the names that the template uses.
struct MappingCell {
    let id: String
    let name: String
    /// Its name in mistakes.
    let field: String
    let label: String
    let value: String
    let isText: Bool
    let isChoice: Bool
    let options: [FormField.Option]
    let mistake: String?

    /// Makes a field.
    ///
    /// - Parameters:
    ///   - part: Which part of the line, as mistakes name it.
    ///   - list: `roles`, `spaces` or `projects`.
    ///   - line: The number of the line, from nought.
    ///   - label: What is asked for.
    ///   - value: What stands in it.
    ///   - options: What may be chosen; nil where it is typed.
    ///   - problems: What is wrong with the form.
    ///   - concern: What is wrong with what is saved.
    init(
        _ part: String,
        of list: String,
        line: Int,
        _ label: String,
        value: String,
        options: [(value: String, label: String)]? = nil,
        problems: FormProblems,
        concern: String? = nil
    ) {
        self.id = "\(list)-\(line)-\(part)"
        self.name = "\(list).\(part)"
        self.label = "\(label), line \(line + 1)"
        self.value = value
        self.isText = options == nil
        self.isChoice = options != nil
        self.options = (options ?? [])
            .map { FormField.Option(value: $0.value, label: $0.label, isSelected: $0.value == value) }
        let field = "mappings.\(list)[\(line)].\(part)"
        self.field = field
        self.mistake = problems.words(of: field) ?? concern
    }
}
