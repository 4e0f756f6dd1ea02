/// A text by somebody inside a list that is one text.
enum ListedText {
    /// Writes what separates texts, and names from values, as a URL would: no two lists are the same text then.
    static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing(",", with: "%2C").replacing("=", with: "%3D")
    }
}
