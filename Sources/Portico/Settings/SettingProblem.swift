/// Why a text is not a value of some setting; the reader adds the setting's name and origin.
struct SettingProblem: Error, Hashable, Sendable {
    /// Continues the sentence that begins with the setting's name, such as "is not a duration".
    let problem: String

    /// What to write instead.
    let remedy: String

    init(_ problem: String, _ remedy: String) {
        self.problem = problem
        self.remedy = remedy
    }
}
