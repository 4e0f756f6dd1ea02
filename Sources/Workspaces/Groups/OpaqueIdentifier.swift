/// What an identifier of an upstream may look like: 1 to 128 characters of visible ASCII (behavior G6).
///
/// It stands in headers, where a longer alphabet would have to be encoded.
package enum OpaqueIdentifier {
    /// What to say of a text that is none.
    package static func mistake(_ text: String) -> String {
        "“\(text)” is not an identifier. Give 1 to 128 letters, digits and signs of ASCII, without spaces, as the application"
            + " behind Portico knows it."
    }

    /// Whether the text may be an identifier.
    static func isAcceptable(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
