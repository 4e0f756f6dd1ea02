/// What somebody had typed into a form of the settings, in its order.
package struct KeptForm: Hashable, Sendable {
    /// The path of the page.
    package let path: String
    /// The names of the fields; one may come more than once.
    package let names: [String]
    /// The text of each field.
    package let texts: [String]

    /// Takes a form, whose names and texts are as many.
    package init(path: String, names: [String], texts: [String]) {
        precondition(names.count == texts.count, "a field without a text")
        self.path = path
        self.names = names
        self.texts = texts
    }
}
