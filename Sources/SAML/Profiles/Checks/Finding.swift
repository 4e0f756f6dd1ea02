/// What a check that passed has compared.
package struct Finding: Hashable, Sendable {
    /// What the check wanted.
    package let wanted: CheckedValue
    /// What the message had: possibly text by anybody.
    package let got: CheckedValue

    /// Puts both together.
    package init(wanted: CheckedValue, got: CheckedValue) {
        self.wanted = wanted
        self.got = got
    }
}
