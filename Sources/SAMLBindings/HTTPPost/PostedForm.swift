/// A message to be sent by HTTP-POST (saml-bindings 3.5.4): the parts of the form that the browser submits.
///
/// The values are not escaped for HTML; whoever writes the page does that.
package struct PostedForm: Hashable, Sendable {
    /// The URL to post to.
    package let action: String
    /// The fields in order, each once.
    package let fields: [Field]

    /// A hidden field of the form.
    package struct Field: Hashable, Sendable {
        /// The name, `SAMLRequest`, `SAMLResponse` or `RelayState`.
        package let name: String
        /// The value.
        package let value: String
    }
}
