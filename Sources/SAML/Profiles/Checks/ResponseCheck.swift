/// One check of a Response and how it ended.
package struct ResponseCheck: Hashable, Sendable {
    /// How a check ended.
    package enum Outcome: Hashable, Sendable {
        /// It passed.
        case passed(Finding)
        /// It refuses the Response.
        case failed(ResponseRejection)
        /// It was not made, because this one failed.
        case notChecked(because: Rule)
    }

    /// What was checked.
    package let rule: Rule
    /// How it ended.
    package let outcome: Outcome
}
