/// What the table of settings says about one of them: the source of `Docs/Configuration.md` and of every check.
struct SettingDefinition: Hashable, Sendable {
    /// How many texts a setting takes.
    enum Shape: Hashable, Sendable {
        /// One text.
        case single

        /// Several: comma-separated in the environment, a sequence or comma-separated in the file.
        case list

        /// Structured YAML, in the file only.
        case structure
    }

    /// Whether the text may be shown.
    enum Sensitivity: Hashable, Sendable {
        /// It may.
        case open

        /// It may not, and it can be given as a file by the setting's name followed by `_FILE`.
        case secret
    }

    /// How many texts the setting takes.
    let shape: Shape

    /// Whether the text may be shown.
    let sensitivity: Sensitivity

    /// What may be written, in a few words, for the documentation.
    let value: String

    /// What holds when nothing is written; nil where there is no such value.
    let fallback: String?

    /// What the setting does, in a sentence.
    let effect: String

    init(
        _ value: String,
        default fallback: String? = nil,
        shape: Shape = .single,
        sensitivity: Sensitivity = .open,
        effect: String
    ) {
        self.shape = shape
        self.sensitivity = sensitivity
        self.value = value
        self.fallback = fallback
        self.effect = effect
    }
}
