import GatewayHTTP
import Workspaces

/// The metadata that somebody gives: an address, a text, or a file.
struct TypedMetadata {
    let url: String
    let text: String
    let file: [UInt8]?
    /// The name of a file whose content did not come along, because another button sent the form.
    let missingFile: String
    let entityID: String?

    /// Reads the form.
    ///
    /// - Throws: `form_invalid` for a form that our page cannot have sent.
    init(_ form: Form) throws(RequestRefusal) {
        self.url = Self.trimmed(try form.optionalValue("idp_metadata_url") ?? "")
        self.text = try form.optionalValue("idp_metadata") ?? ""
        self.file = try form.optionalFile("idp_metadata_file")
        self.missingFile = try form.optionalValue("idp_metadata_file") ?? ""
        self.entityID = try form.optionalValue("entity_id")
    }

    /// Whether anything was given, which is to be looked at before anything is saved.
    var isGiven: Bool { !self.url.isEmpty || self.hasText || self.file != nil || !self.missingFile.isEmpty }

    /// Whether there is a text.
    var hasText: Bool { !self.text.allSatisfy(\.isWhitespace) }

    /// How many of the ways were used.
    var count: Int { [!self.url.isEmpty, self.hasText, self.file != nil].count { $0 } }

    /// What stands in the field of the text when the form is shown again: a file stands there, too, since no browser sends
    /// one that it was not given anew.
    var shownText: String {
        guard !self.hasText, let file, let text = String(validating: file, as: UTF8.self) else { return self.text }
        return text
    }

    /// An address often comes with a space or a line break that somebody copied along.
    private static func trimmed(_ text: String) -> String {
        let beginning = text.drop(while: \.isWhitespace)
        return String(beginning.reversed().drop(while: \.isWhitespace).reversed())
    }
}
