/// A labelled field of a form, with what was typed and what is wrong with it.
struct FormField {
    /// A choice of a list.
    struct Option {
        /// The names that a preset stands for, which the script fills in.
        struct Names {
            let email: String
            let displayName: String
            let firstName: String
            let lastName: String
            let groups: String
            let roles: String
        }

        let value: String
        let label: String
        let isSelected: Bool
        var names: Names?
    }

    /// How the value is entered.
    enum Control {
        case line(type: String)
        case area(rows: Int)
        case choice([Option])
        case check(Bool)
        case file(accept: String)
    }

    let id: String
    let name: String
    let label: String
    let value: String
    let help: String?
    let problem: String?
    let describedBy: String?
    let type: String?
    let rows: Int?
    let accept: String?
    let options: [Option]
    let isChoice: Bool
    let isPreset: Bool
    let isCheck: Bool
    let isChecked: Bool
    let isFocused: Bool
    let attribute: String?
    let autocomplete: String

    /// Makes a field.
    ///
    /// - Parameters:
    ///   - name: The name in the form, which is also that of its mistakes.
    ///   - label: What is asked for.
    ///   - value: What stands in it.
    ///   - control: How it is entered.
    ///   - help: What to type, in a sentence.
    ///   - problems: What is wrong with the form.
    ///   - attribute: Which attribute's name it holds, for the script.
    ///   - autocomplete: What a browser may fill in (HTML, 4.10.18.7).
    ///   - wantedID: What it is called on its page, where another form of the page has a field of the name.
    init(
        _ name: String,
        _ label: String,
        value: String = "",
        control: Control = .line(type: "text"),
        help: String? = nil,
        problems: FormProblems = FormProblems(),
        attribute: String? = nil,
        autocomplete: String = "off",
        id wantedID: String? = nil
    ) {
        let id = wantedID ?? name.replacing("_", with: "-").replacing(".", with: "-")
        self.id = id
        self.name = name
        self.label = label
        self.value = value
        self.help = help
        self.problem = problems.words(of: name)
        self.isFocused = problems.first == name
        let described = [self.problem.map { _ in id + "-problem" }, help.map { _ in id + "-help" }].compactMap { $0 }
        self.describedBy = described.isEmpty ? nil : described.joined(separator: " ")
        self.attribute = attribute
        self.autocomplete = autocomplete
        var type: String?
        var rows: Int?
        var accept: String?
        var options: [Option] = []
        var isChoice = false
        var isChecked: Bool?
        switch control {
        case .line(let wanted): type = wanted
        case .area(let wanted): rows = wanted
        case .choice(let wanted):
            options = wanted
            isChoice = true
        case .check(let value): isChecked = value
        case .file(let wanted): accept = wanted
        }
        self.type = type
        self.rows = rows
        self.accept = accept
        self.options = options
        self.isChoice = isChoice
        self.isPreset = options.contains { $0.names != nil }
        self.isCheck = isChecked != nil
        self.isChecked = isChecked ?? false
    }

    /// A list of choices, of which one is selected.
    static func choices(_ values: [(value: String, label: String)], selected: String) -> Control {
        .choice(values.map { Option(value: $0.value, label: $0.label, isSelected: $0.value == selected) })
    }
}
