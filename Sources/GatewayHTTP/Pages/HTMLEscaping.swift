import Mustache

/// The pages' content type: every value is escaped with ``HTMLText/escaped(_:)``.
struct HTMLEscaping: MustacheContentType {
    /// The name by which templates ask for it; a template that asks for an unknown name does not parse.
    static let name = "PORTICO_HTML"

    func escapeText(_ text: String) -> String {
        HTMLText.escaped(text)
    }
}
