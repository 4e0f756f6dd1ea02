import Mustache

/// Compiled templates in which text is escaped wherever it stands.
package struct TemplateLibrary: Sendable {
    private let library: MustacheLibrary

    /// Compiles templates, each under its name.
    ///
    /// - Throws: The parser's error for a template that is not well-formed, which a test would have shown.
    package init(_ templates: [(name: String, text: String)]) throws {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        var library = MustacheLibrary()
        for (name, text) in templates {
            try library.register("{{% CONTENT_TYPE:\(HTMLEscaping.name)}}\n" + text, named: name)
        }
        self.library = library
    }

    /// Makes a page from the values whose names its template uses.
    ///
    /// - Precondition: There is a template of this name.
    package func render(_ content: Any, with name: String) -> [UInt8] {
        guard let page = self.library.render(content, withTemplate: name) else {
            preconditionFailure("Every template is registered at the start.")
        }
        return Array(page.utf8)
    }
}
