package import SAML

/// A Response before it is signed: a test changes its values, or its text where a value could not hold the defect.
package struct ResponseDraft: Sendable {
    /// What stands around the assertion.
    package var header: ResponseHeader
    /// The assertion, or none.
    package var assertion: Assertion?
    /// What is signed.
    package var signing: Signing
    /// How the assertion is encrypted once it is signed, and before a Response around it is; nil leaves it readable.
    package var encryption: AssertionEncryption?
    /// How the values of attributes are written.
    package var attributeForm: AttributeForm
    private var edits: [TextEdit] = []

    /// Makes a draft of these values.
    package init(
        header: ResponseHeader,
        assertion: Assertion?,
        signing: Signing,
        attributeForm: AttributeForm = .plain
    ) {
        self.header = header
        self.assertion = assertion
        self.signing = signing
        self.attributeForm = attributeForm
    }

    /// What is signed.
    package enum Signing: Hashable, Sendable, CaseIterable {
        /// The assertion only.
        case assertion
        /// The Response only.
        case response
        /// The assertion, then the Response around it.
        case both
        /// Nothing.
        case nothing
    }

    /// How the values of attributes are written.
    package enum AttributeForm: Hashable, Sendable, CaseIterable {
        /// The text alone.
        case plain
        /// As Datasaur's documentation shows it: namespaces and a type on each value, white space around the text.
        case verbose
    }

    /// Replaces text of the XML before it is signed, once all values are set.
    ///
    /// A text that is not there fails the test that asked for it.
    package mutating func replace(_ text: String, with replacement: String) {
        self.edits.append(TextEdit(text: text, replacement: replacement))
    }

    /// The XML to be signed.
    func unsignedXML() throws(SAMLTestingFailure) -> String {
        var xml = ResponseWriter(form: self.attributeForm).write(self)
        for edit in self.edits {
            xml = try edit.apply(to: xml)
        }
        return xml
    }
}
