/// An attribute of an element; namespace declarations are not attributes.
package struct XMLAttribute: Hashable, Sendable {
    /// The expanded name; an attribute without a prefix is in no namespace.
    package let name: XMLName
    /// The value after normalization.
    package let value: String

    /// Makes an attribute.
    package init(name: XMLName, value: String) {
        self.name = name
        self.value = value
    }
}
