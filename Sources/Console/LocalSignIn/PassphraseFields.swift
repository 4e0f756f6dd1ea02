import Workspaces

/// The two fields in which a new passphrase is typed.
enum PassphraseFields {
    /// What is wrong, at the field where it is.
    static func problems(_ refusal: PassphraseRule.Refusal?) -> FormProblems {
        guard let refusal else { return FormProblems() }
        let field = refusal == .different ? "repetition" : "passphrase"
        return FormProblems([.init(field: field, message: refusal.description)])
    }

    /// Where it is typed.
    static func passphrase(_ problems: FormProblems) -> FormField {
        FormField(
            "passphrase",
            "New passphrase",
            control: .line(type: "password"),
            help: "At least \(PassphraseRule.minimumLength) characters; a few words in a row are easiest to keep.",
            problems: problems,
            autocomplete: "new-password"
        )
    }

    /// Where it is typed again.
    static func repetition(_ problems: FormProblems) -> FormField {
        FormField(
            "repetition",
            "The same again",
            control: .line(type: "password"),
            problems: problems,
            autocomplete: "new-password"
        )
    }
}
