/// One statement about the person: a name with any number of values (saml-core 2.7.3.1).
///
/// A name may come more than once in an assertion; whoever reads decides whether the values are merged.
package struct Attribute: Hashable, Sendable {
    /// The Name, which is compared exactly and case-sensitively.
    package let name: String
    /// The NameFormat URI, when the message has one.
    package let nameFormat: String?
    /// The name for human eyes, which identifies nothing.
    package let friendlyName: String?
    /// The values in the order of the message; an attribute without values is legal and not the same as no attribute.
    package let values: [AttributeValue]

    /// Makes an attribute from the parts of a message.
    package init(name: String, nameFormat: String? = nil, friendlyName: String? = nil, values: [AttributeValue]) {
        self.name = name
        self.nameFormat = nameFormat
        self.friendlyName = friendlyName
        self.values = values
    }

    /// Makes an attribute whose values are all text.
    package init(name: String, texts: [String]) {
        self.init(name: name, values: texts.map(AttributeValue.text))
    }
}
